using System.Collections.Concurrent;
using InferenceBridge.Server.Admission;

namespace InferenceBridge.Server.Devices;

/// <summary>Jobs take turns at a device, one tile at a time, so that a small job waits for one tile of each job ahead of it.</summary>
/// <param name="devices">Devices in the order in which they are tried; the CPU is last.</param>
/// <param name="time">Measures tiles; null takes the system's.</param>
internal sealed class DeviceScheduler(IReadOnlyList<ComputeDevice> devices, TimeProvider? time = null)
{
    private readonly ConcurrentDictionary<string, DeviceTurns> _turns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _lost = new(StringComparer.Ordinal);

    /// <summary>Devices in the order in which they are tried; the CPU is last.</summary>
    public IReadOnlyList<ComputeDevice> Devices => devices;

    /// <summary>The device that new jobs begin on: the first that is not lost.</summary>
    public ComputeDevice Preferred => devices.First(device => !IsLost(device));

    /// <summary>Waits for the device to be free of other jobs' tiles.</summary>
    /// <inheritdoc cref="DeviceTurns.EnterAsync"/>
    public ValueTask<IDisposable> EnterAsync(
        ComputeDevice device, double? seconds, Action<QueuePlace> waiting, CancellationToken cancellation, object? group = null) =>
        Turns(device).EnterAsync(seconds, waiting, cancellation, group);

    /// <summary>Jobs that wait for their turn at a device.</summary>
    public int WaitingCount(ComputeDevice device) => Turns(device).WaitingCount;

    /// <summary>Whether the device is gone for as long as the server runs.</summary>
    public bool IsLost(ComputeDevice device) => _lost.ContainsKey(device.Id);

    /// <summary>Takes a device out of use for all jobs. The last one, the CPU, stays.</summary>
    /// <returns>True where it was in use before.</returns>
    public bool MarkLost(ComputeDevice device) => device != devices[^1] && _lost.TryAdd(device.Id, true);

    private DeviceTurns Turns(ComputeDevice device) => _turns.GetOrAdd(device.Id, _ => new DeviceTurns(time ?? TimeProvider.System));
}
