namespace InferenceBridge.Client;

/// <summary>A device that can run operations.</summary>
/// <param name="Id">"cpu", "cuda:0", ...</param>
/// <param name="Name">The processor's or the card's name.</param>
/// <param name="MemoryBytes">Memory of the device in bytes (of the whole machine for a CPU).</param>
public sealed record DeviceInfo(string Id, string Name, long MemoryBytes);
