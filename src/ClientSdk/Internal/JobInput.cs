using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Internal;

/// <summary>A volume to send.</summary>
/// <param name="Name">As the operation declares it.</param>
/// <param name="Reader">Its pixels.</param>
internal sealed record JobInput(string Name, IVolumeReader Reader);
