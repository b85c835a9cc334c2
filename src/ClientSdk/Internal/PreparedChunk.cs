using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>A message ready to be sent.</summary>
/// <param name="Message">The chunk, over a buffer that is used again.</param>
/// <param name="PlanesCompleted">Planes whose last row it holds.</param>
internal sealed record PreparedChunk(Proto.ProcessRequest Message, int PlanesCompleted);
