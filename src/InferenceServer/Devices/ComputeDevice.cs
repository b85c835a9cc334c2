using static TorchSharp.torch;

namespace InferenceBridge.Server.Devices;

/// <summary>A device that runs tensors.</summary>
/// <param name="Id">"cpu", "cuda:0", ...</param>
/// <param name="Name">The processor's or the card's name.</param>
/// <param name="MemoryBytes">Memory of the device, or of the machine for a CPU; 0 where it is not known.</param>
/// <param name="Torch">The same device for libtorch.</param>
internal record ComputeDevice(string Id, string Name, long MemoryBytes, Device Torch)
{
    /// <summary>True where tiles need not be copied: the device's memory is the server's.</summary>
    public bool SharesMemory => Torch.type == TorchSharp.DeviceType.CPU;

    /// <summary>Brings a tile to the device.</summary>
    /// <param name="tile">On the CPU; the device takes ownership.</param>
    /// <returns>On the device; the caller takes ownership.</returns>
    public virtual Tensor Upload(Tensor tile) => SharesMemory ? tile : tile.to(Torch, disposeAfter: true);

    /// <summary>Copies computed voxels to their place in a result on the CPU.</summary>
    /// <param name="source">On the device, of the shape of <paramref name="target"/>.</param>
    /// <param name="target">On the CPU.</param>
    public virtual void Download(Tensor source, Tensor target) => target.copy_(source);
}
