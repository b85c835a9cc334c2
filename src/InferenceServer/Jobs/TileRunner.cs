using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Devices;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Jobs;

/// <summary>Computes slabs tile by tile, taking turns at the device with other jobs.</summary>
internal sealed class TileRunner(
    JobRequest request, JobPlan plan, TensorJobContext context, DeviceScheduler scheduler, DeviceLadder ladder, JobState state) : IDisposable
{
    private ITensorJob? _job;

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
                if (ladder.Split(tile) is { } halves)
                {
                    pending.Push(halves.Second);
                    pending.Push(halves.First);
                    continue;
                }

                using var turn = await scheduler.EnterAsync(ladder.Device, cancellation).ConfigureAwait(false);
                if (!TryCompute(source, firstPlaneOfStack, tile, box, result, cancellation))
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

    /// <summary>Takes over what the job has to say, and ends it.</summary>
    public void Dispose()
    {
        if (_job is null)
        {
            return;
        }

        foreach (var warning in _job.Warnings)
        {
            state.Warn(warning);
        }

        state.EstimatedParameters = _job.EstimatedParameters;
        _job.Dispose();
        _job = null;
    }

    private bool TryCompute(IPlaneSource source, long firstPlane, Tile tile, Box slab, Tensor result, CancellationToken cancellation)
    {
        var start = state.Clock.Now;
        var telemetry = state.Telemetry.BeginTile(ladder.Device.Id, tile.Input.ElementCount);
        var started = false;
        try
        {
            using var gradients = no_grad();
            _job ??= plan.Operation.Start(context with { Device = ladder.Device.Torch });
            started = true;
            using var scope = NewDisposeScope();
            using var input = TileLoader.Load(source, request.Image, firstPlane, tile.Input, ladder.Device.Torch);
            using var computed = _job.Process(input, cancellation);
            TileLoader.Store(computed, tile, slab, result);
            state.Tiles++;
            telemetry.Complete();
            return true;
        }
        catch (Exception e) when (OutOfMemory.Is(e))
        {
            if (ladder.Descend(started ? tile : null, e))
            {
                Dispose();
            }

            return false;
        }
        finally
        {
            state.Clock.AddCompute(start);
            telemetry.Dispose();
        }
    }
}
