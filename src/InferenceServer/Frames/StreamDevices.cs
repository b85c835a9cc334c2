using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Diagnostics;
using InferenceBridge.Server.Jobs;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Frames;

/// <summary>
/// Computes the frames of a stream on a device; where that fails, on the next one. The state on a device that is lost is lost with it: every few
/// frames it is exported, and the frames since then are gone through again. On the last device, the CPU, nothing is kept.
/// </summary>
internal sealed class StreamDevices : IDisposable
{
    private const int MostKept = 16;
    private const long MostKeptBytes = 64 << 20;

    private readonly FrameJobContext _context;
    private readonly FrameOpening _opening;
    private readonly DeviceScheduler _scheduler;
    private readonly JobState _state;
    private readonly ILogger _logger;
    private readonly List<FrameTask> _kept = [];
    private readonly int _mostKept;
    private int _number;
    private ReadOnlyMemory<byte>? _exported;
    private IFrameJob _job;

    /// <param name="opening">The stream.</param>
    /// <param name="context">What its job starts with, on the device that is preferred.</param>
    /// <param name="scheduler">Devices, and turns at them.</param>
    /// <param name="state">Is told which device it is, and why it changes.</param>
    /// <param name="logger">Log.</param>
    public StreamDevices(FrameOpening opening, FrameJobContext context, DeviceScheduler scheduler, JobState state, ILogger logger)
    {
        (_opening, _context, _scheduler, _state, _logger, _exported) = (opening, context, scheduler, state, logger, context.State);
        _mostKept = (int)Math.Clamp(MostKeptBytes / opening.Request.Image.TotalBytes, 1, MostKept);
        _number = Enumerable.Range(0, scheduler.Devices.Count).First(i => !scheduler.IsLost(scheduler.Devices[i]));
        _job = Start();
    }

    public ComputeDevice Device => _scheduler.Devices[_number];

    /// <summary>The job, as it is now.</summary>
    public IFrameJob Job => _job;

    private bool IsLast => _number + 1 == _scheduler.Devices.Count;

    /// <summary>Bytes of the frames that are kept to go through again.</summary>
    public static long KeptBytes(VolumeInfo frame, DeviceScheduler scheduler) =>
        scheduler.Devices.Count == 1 ? 0 : frame.TotalBytes * Math.Clamp(MostKeptBytes / frame.TotalBytes, 1, MostKept);

    /// <summary>Computes one frame.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.DeviceOutOfMemory"/> or <see cref="InferenceError.DeviceUnavailable"/>: no device is left.
    /// </exception>
    public async Task ProcessAsync(FrameTask frame, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await FrameTurn.RunAsync(_job, [frame], _scheduler, Device, _state, cancellation).ConfigureAwait(false);
                break;
            }
            catch (Exception e) when (DeviceFaults.Of(e) is var fault and not DeviceFault.None)
            {
                Leave(fault, e, frame.Id);
                frame.Numbers.Clear();
                await ReplayAsync(cancellation).ConfigureAwait(false);
            }
        }

        if (!IsLast)
        {
            _kept.Add(frame with { Result = Memory<byte>.Empty, SideResults = new Dictionary<string, Memory<byte>>() });
            if (_kept.Count >= _mostKept)
            {
                _exported = await ExportAsync(cancellation).ConfigureAwait(false);
                _kept.Clear();
            }
        }
    }

    /// <summary>The state after all frames so far.</summary>
    public async Task<byte[]> ExportAsync(CancellationToken cancellation)
    {
        try
        {
            return _job.ExportState();
        }
        catch (Exception e) when (DeviceFaults.Of(e) is var fault and not DeviceFault.None)
        {
            Leave(fault, e, _kept.Count > 0 ? _kept[^1].Id : 0);
            await ReplayAsync(cancellation).ConfigureAwait(false);
            return _job.ExportState();
        }
    }

    public void Dispose() => _job.Dispose();

    private IFrameJob Start()
    {
        while (true)
        {
            _state.Device = _opening.Plan.DeviceBytes == 0 ? "cpu" : Device.Id;
            try
            {
                return _opening.Operation.Start(_context with { Device = Device.Torch, State = _exported });
            }
            catch (Exception e) when (DeviceFaults.Of(e) is var fault and not DeviceFault.None)
            {
                Next(fault, e, "the first frame");
            }
        }
    }

    private void Leave(DeviceFault fault, Exception cause, long frame)
    {
        Next(fault, cause, $"frame {frame}");
        _job.Dispose();
        _job = Start();
    }

    private async Task ReplayAsync(CancellationToken cancellation)
    {
        for (var i = 0; i < _kept.Count;)
        {
            try
            {
                await FrameTurn.RunAsync(_job, [_kept[i]], _scheduler, Device, _state, cancellation).ConfigureAwait(false);
                i++;
            }
            catch (Exception e) when (DeviceFaults.Of(e) is var fault and not DeviceFault.None)
            {
                Leave(fault, e, _kept[i].Id);
                i = 0;
            }
        }

        if (IsLast)
        {
            _kept.Clear();
        }
    }

    private void Next(DeviceFault fault, Exception cause, string place)
    {
        var device = Device;
        _state.Telemetry.DeviceFailed(device.Id, fault);
        var isLost = fault == DeviceFault.Lost;
        var what = $"{device.Id} {(isLost ? "was lost" : "ran out of memory")} at {place}";
        if (IsLast)
        {
            throw isLost
                ? new InferenceException(InferenceError.DeviceUnavailable, "InferenceBridge:Device", $"{what}, and no other device is left; restart the server.", cause)
                : new InferenceException(InferenceError.DeviceOutOfMemory, InputRole.ImageName,
                    $"{what}; accepted: smaller frames, or a server with more memory.", cause);
        }

        if (isLost && _scheduler.MarkLost(device))
        {
            Log.DeviceLost(_logger, _state.Id, device.Id, _scheduler.Devices[_number + 1].Id, cause);
        }
        else if (!isLost)
        {
            Log.OutOfMemory(_logger, _state.Id, device.Id, _opening.Request.Image.Shape.ElementCount, "the next device takes over");
        }

        do
        {
            _number++;
        }
        while (_scheduler.IsLost(Device));

        _state.Warn($"{what}; {Device.Id} took over.");
    }
}
