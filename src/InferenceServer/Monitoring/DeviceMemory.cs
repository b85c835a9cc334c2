using InferenceBridge.Server.Devices;

namespace InferenceBridge.Server.Monitoring;

/// <summary>Memory in use, as far as it can be told.</summary>
internal static class DeviceMemory
{
    /// <summary>Bytes in use: of this process for a CPU, 0 (not known) for a card, whose memory TorchSharp does not tell.</summary>
    public static long UsedBytes(ComputeDevice device) =>
        device.Torch.type == TorchSharp.DeviceType.CPU ? Environment.WorkingSet : 0;
}
