using static TorchSharp.torch;

namespace InferenceBridge.Server.Devices;

/// <summary>A device that runs tensors.</summary>
/// <param name="Id">"cpu", "cuda:0", ...</param>
/// <param name="Name">The processor's or the card's name.</param>
/// <param name="MemoryBytes">Memory of the device, or of the machine for a CPU; 0 where it is not known.</param>
/// <param name="Torch">The same device for libtorch.</param>
internal sealed record ComputeDevice(string Id, string Name, long MemoryBytes, Device Torch);
