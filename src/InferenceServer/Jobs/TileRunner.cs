using System.Runtime.InteropServices;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Devices;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Jobs;

/// <summary>Computes slabs tile by tile, taking turns at the device with other jobs.</summary>
internal sealed class TileRunner(
    JobRequest request, JobPlan plan, TensorJobContext context, DeviceScheduler scheduler, DeviceLadder ladder, JobChannels channels) : IDisposable
{
    // A shorter wait for the device is not worth a message.
    private const double TellingSeconds = 1;

    private readonly JobState _state = channels.State;
    private ITensorJob? _job;
    private double? _tileSeconds;

    /// <summary>Computes the slab with the given number of a stack.</summary>
    /// <returns>float32 (z, y, x) on the CPU, without halo; the caller owns it.</returns>
    public async Task<Tensor> RunAsync(IPlaneSource source, long firstPlaneOfStack, int slab, CancellationToken cancellation)
    {
        var box = plan.Tiles.Slab(slab);
        var result = empty([box.Depth, box.Height, box.Width], ScalarType.Float32);
        try
        {
            var pending = new Stack<Tile>(plan.Tiles.Tiles(slab).Reverse());
            while (pending.TryPop(out var tile))
            {
                if (ladder.LeaveLost())
                {
                    End();
                }

                if (ladder.Split(tile) is { } halves)
                {
                    pending.Push(halves.Second);
                    pending.Push(halves.First);
                    continue;
                }

                using var turn = await scheduler.EnterAsync(
                    ladder.Device, _tileSeconds, TellWait, cancellation, plan.Needs.SharesTurnsWith).ConfigureAwait(false);

                // The device may have been lost while other jobs had their turns.
                if (scheduler.IsLost(ladder.Device) || !TryCompute(source, firstPlaneOfStack, tile, box, result, cancellation))
                {
                    pending.Push(tile);
                }
            }

            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Computes a tile of a stack that is complete once more, as a probe.</summary>
    /// <param name="input">Its pixels, on the CPU.</param>
    /// <param name="tile">What it is.</param>
    /// <param name="channel">Channel of the stack, from 0.</param>
    /// <param name="cancellation">Ends the wait for the device.</param>
    /// <returns>Its core, float32 on the CPU, which the caller owns; null where the device did not get through.</returns>
    public async Task<Tensor?> ProbeAsync(Tensor input, Tile tile, int channel, CancellationToken cancellation)
    {
        using var turn = await scheduler.EnterAsync(ladder.Device, _tileSeconds, TellWait, cancellation).ConfigureAwait(false);
        if (scheduler.IsLost(ladder.Device) || ladder.Split(tile) is not null)
        {
            return null;
        }

        var start = _state.Clock.Now;
        try
        {
            using var gradients = no_grad();
            using var scope = NewDisposeScope();
            _job ??= plan.Operation.Start(context with { Device = ladder.Device.Torch });
            using var uploaded = ladder.Device.Upload(input.clone());
            using var computed = _job.Process(uploaded, new TileContext(channel, cancellation) { Place = tile, IsProbe = true });
            var core = empty([tile.Core.Depth, tile.Core.Height, tile.Core.Width], ScalarType.Float32);
            ladder.Device.Download(TileLoader.CoreOf(computed, tile), core);
            return core.MoveToOuterDisposeScope();
        }
        catch (Exception e) when (DeviceFaults.Of(e) is not DeviceFault.None)
        {
            // The result is complete without it; a device that is lost shows that again to the next tile.
            return null;
        }
        finally
        {
            _state.Clock.AddCompute(start);
        }
    }

    /// <summary>Takes over what the job has to say, and ends it.</summary>
    public void Dispose() => End();

    private void TellWait(QueuePlace place)
    {
        if (place.Seconds >= TellingSeconds)
        {
            channels.Progress.Queued(place);
        }
    }

    private bool TryCompute(IPlaneSource source, long firstPlane, Tile tile, Box slab, Tensor result, CancellationToken cancellation)
    {
        channels.Progress.Stage("computing");
        var start = _state.Clock.Now;
        var telemetry = _state.Telemetry.BeginTile(ladder.Device.Id, tile.Input.ElementCount);
        var started = false;
        try
        {
            using var gradients = no_grad();
            _job ??= plan.Operation.Start(context with { Device = ladder.Device.Torch });
            started = true;
            using var scope = NewDisposeScope();
            using var computed = Process(_job, source, firstPlane, tile, cancellation);
            channels.Progress.TileComputed(Planes(tile));
            channels.Progress.Stage("computing");
            ladder.Device.Download(TileLoader.CoreOf(computed, tile), TileLoader.PlaceOf(tile, slab, result));
            _state.Tiles++;
            telemetry.Complete();
            return true;
        }
        catch (Exception e) when (DeviceFaults.Of(e) is var fault and not DeviceFault.None)
        {
            if (ladder.Descend(started ? tile : null, fault, e))
            {
                End();
            }

            return false;
        }
        finally
        {
            _tileSeconds = _state.Clock.AddCompute(start);
            telemetry.Dispose();
        }
    }

    // The input is gone before the result goes to its slab, so that never more than two of the three take memory.
    private Tensor Process(ITensorJob job, IPlaneSource source, long firstPlane, Tile tile, CancellationToken cancellation)
    {
        using var input = ladder.Device.Upload(TileLoader.Load(source, request.Image, firstPlane, tile.Input));
        var planes = Planes(tile);
        return job.Process(input, new TileContext(request.Image.Shape.PlaneAt(firstPlane).C, cancellation)
        {
            Place = tile,
            Batched = blocks => _state.Telemetry.Batched(ladder.Device.Id, blocks),
            Iterated = (done, most) => channels.Progress.Iterated(done, most, planes),
        });
    }

    private double Planes(Tile tile) => (double)tile.Core.ElementCount / request.Image.Shape.PlaneElementCount;

    private void End()
    {
        if (_job is null)
        {
            return;
        }

        foreach (var warning in _job.Warnings)
        {
            _state.Warn(warning);
        }

        foreach (var (name, value) in _job.Details)
        {
            _state.Details[name] = value;
        }

        _state.EstimatedParameters = _job.EstimatedParameters;
        try
        {
            _job.Dispose();
        }
        catch (ExternalException e) when (DeviceFaults.Of(e) != DeviceFault.None)
        {
            // What a lost device held is lost with it.
        }

        _job = null;
    }
}
