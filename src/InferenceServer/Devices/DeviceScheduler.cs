using System.Collections.Concurrent;

namespace InferenceBridge.Server.Devices;

/// <summary>Jobs take turns at a device, one tile at a time, so that a small job waits for one tile of each job ahead of it.</summary>
internal sealed class DeviceScheduler(IReadOnlyList<ComputeDevice> devices)
{
    private readonly ConcurrentDictionary<string, FifoGate> _gates = new(StringComparer.Ordinal);

    /// <summary>Devices in the order in which they are tried; the CPU is last.</summary>
    public IReadOnlyList<ComputeDevice> Devices => devices;

    /// <summary>Waits for the device to be free of other tiles.</summary>
    public ValueTask<FifoGate.Slot> EnterAsync(ComputeDevice device, CancellationToken cancellation) => Gate(device).EnterAsync(cancellation);

    /// <summary>Tiles that wait for a device.</summary>
    public int WaitingCount(ComputeDevice device) => Gate(device).WaitingCount;

    private FifoGate Gate(ComputeDevice device) => _gates.GetOrAdd(device.Id, _ => new FifoGate(1));
}
