using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Devices;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Jobs;

/// <summary>Sends an image through a tensor operation: upload, computing and download overlap.</summary>
internal sealed class TensorPipeline(
    JobRequest request, JobPlan plan, JobChannels channels, DeviceScheduler scheduler, ScratchSpace scratch, InferenceServerOptions options, ILogger logger)
{
    private readonly ImageIntake _intake = new(request, channels);
    private readonly SlabEncoder _encoder = new(request.Result, options.ResultChunkBytes);

    private double? _difference;

    public async Task RunAsync(CancellationToken cancellation)
    {
        channels.Progress.Stage("uploading");
        var auxiliaries = await _intake.ReadAuxiliariesAsync(cancellation).ConfigureAwait(false);
        if (plan.Spools)
        {
            await RunSpooledAsync(auxiliaries, cancellation).ConfigureAwait(false);
        }
        else
        {
            var window = new PlaneWindow(request.Image, plan.WindowPlanes);
            await Stages.RunAsync(cancellation,
                token => _intake.ReadImageAsync(chunk => window.WriteAsync(chunk, token), token),
                token => ComputeAsync(window, auxiliaries, request.Statistics, token)).ConfigureAwait(false);
        }
    }

    private async Task RunSpooledAsync(IReadOnlyDictionary<string, MemoryVolume> auxiliaries, CancellationToken cancellation)
    {
        using var spool = scratch.Open(request.Image, channels.State.Id);
        var statistics = plan.Needs.NeedsStatistics ? new StatisticsPass(request.Image) : null;
        var pass = plan.Needs.FirstPass is { NeedsReading: true } needed ? new FirstPassReader(request.Image, needed) : null;
        channels.State.Telemetry.SpoolBegins();
        await _intake.ReadImageAsync(
            chunk =>
            {
                spool.Write(chunk);
                statistics?.Add(chunk);
                pass?.Add(chunk);
                return ValueTask.CompletedTask;
            },
            cancellation).ConfigureAwait(false);
        channels.State.Telemetry.SpoolEnds();
        pass?.Finish(spool, cancellation);
        await ComputeAsync(spool, auxiliaries, statistics?.ToStatistics(), cancellation).ConfigureAwait(false);
    }

    private async Task ComputeAsync(
        IPlaneSource source, IReadOnlyDictionary<string, MemoryVolume> auxiliaries, IntensityStatistics? statistics, CancellationToken cancellation)
    {
        var shape = request.Image.Shape;
        var tiles = plan.Tiles;
        var ladder = new DeviceLadder(scheduler, tiles, channels.State, logger);
        var context = new TensorJobContext(
            request.ForOperation(options), auxiliaries, plan.Needs.NeedsStatistics ? statistics : null, ladder.Device.Torch)
        {
            FirstPass = plan.Needs.FirstPass,
        };
        if (plan.Needs.PrefersWholeStack)
        {
            TilingReport.Plan(channels.State, tiles);
        }

        using var runner = new TileRunner(request, plan, context, scheduler, ladder, channels);
        for (long stack = 0; stack < shape.StackCount; stack++)
        {
            var firstPlane = stack * shape.Depth;

            // Later frames are like the first.
            using var difference = plan.Needs.PrefersWholeStack && stack < shape.Channels ? TilingDifference.Of(request.Image, tiles) : null;
            for (var slab = 0; slab < tiles.SlabCount; slab++)
            {
                var core = tiles.Slab(slab);
                var input = core.Grow(tiles.Halo, shape.Depth, shape.Height, shape.Width);
                await source.WaitForAsync(firstPlane + input.EndZ, cancellation).ConfigureAwait(false);
                channels.Progress.Stage("computing");
                using var result = await runner.RunAsync(source, firstPlane, slab, cancellation).ConfigureAwait(false);
                difference?.Keep(source, firstPlane, core, result);
                var isLast = core.EndZ == shape.Depth;
                source.ReleaseBefore(firstPlane + (isLast ? shape.Depth : Math.Max(0, core.EndZ - tiles.Halo.Z)));
                await SendAsync(result, firstPlane + core.Z, core.Depth, cancellation).ConfigureAwait(false);
            }

            if (difference is not null)
            {
                await MeasureAsync(difference, runner, stack, cancellation).ConfigureAwait(false);
            }
        }

        if (plan.Needs.PrefersWholeStack && ladder.HasHalved)
        {
            TilingReport.Halved(channels.State);
        }

        channels.State.SaturatedVoxels = _encoder.SaturatedVoxels;
        channels.State.ResultStatistics = _encoder.Statistics;
    }

    private async Task MeasureAsync(TilingDifference difference, TileRunner runner, long stack, CancellationToken cancellation)
    {
        channels.Progress.Stage("comparing blocks");
        var measured = await difference.MeasureAsync(runner, (int)stack, cancellation).ConfigureAwait(false);
        _difference = stack == 0 || (measured > _difference) ? measured : _difference;
        TilingReport.Difference(channels.State, _difference);
    }

    private async Task SendAsync(TorchSharp.torch.Tensor slab, long firstPlane, int planes, CancellationToken cancellation)
    {
        foreach (var range in _encoder.Ranges(firstPlane, planes))
        {
            var (rented, length) = _encoder.Encode(slab, firstPlane, range);
            await channels.Writer.WriteAsync(request.Result, range, rented, length, cancellation).ConfigureAwait(false);
            channels.Progress.Computed(range.FirstRow + range.RowCount == request.Result.Shape.Height ? range.PlaneCount : 0);
        }
    }
}
