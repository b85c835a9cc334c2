using InferenceBridge.Imaging;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Diagnostics;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Jobs;

/// <summary>What to do when a device runs out of memory: halve the tiles, then take the next device, then give up.</summary>
internal sealed class DeviceLadder(IReadOnlyList<ComputeDevice> devices, TilePlan plan, JobState state, ILogger logger)
{
    private const int MaximumHalvings = 8;

    private int _device;
    private int _halvings;
    private long _limit = long.MaxValue;

    public ComputeDevice Device => devices[_device];

    /// <summary>The tile in pieces, if it must be smaller than it is.</summary>
    public (Tile First, Tile Second)? Split(Tile tile) => tile.Input.ElementCount > _limit ? TileSplitter.Split(tile, plan) : null;

    /// <summary>Takes the next step down.</summary>
    /// <param name="tile">The tile that did not fit; null where the job could not even start.</param>
    /// <param name="cause">What the device said.</param>
    /// <returns>True where the device has changed.</returns>
    /// <exception cref="InferenceException"><see cref="InferenceError.DeviceOutOfMemory"/>: no step is left.</exception>
    public bool Descend(Tile? tile, Exception cause)
    {
        var voxels = tile?.Input.ElementCount ?? 0;
        state.Telemetry.OutOfMemory(Device.Id);
        if (tile is { } large && _halvings < MaximumHalvings && TileSplitter.Split(large, plan) is not null)
        {
            _halvings++;
            _limit = voxels / 2;
            Log.OutOfMemory(logger, state.Id, Device.Id, voxels, "its tiles are halved");
            state.Warn($"{Device.Id} ran out of memory for a tile of {voxels} voxels; the tiles were halved.");
            return false;
        }

        if (_device + 1 == devices.Count)
        {
            throw new InferenceException(InferenceError.DeviceOutOfMemory, "image",
                $"{Device.Id} is out of memory even for a tile of {voxels} voxels; accepted: a smaller image, or a server with more memory.", cause);
        }

        Log.OutOfMemory(logger, state.Id, Device.Id, voxels, "the next device takes over");
        state.Warn($"{Device.Id} ran out of memory even for a tile of {voxels} voxels; {devices[_device + 1].Id} took over.");
        (_device, _halvings, _limit) = (_device + 1, 0, long.MaxValue);
        state.Device = Device.Id;
        return true;
    }
}
