using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Devices;
using Microsoft.Extensions.Logging;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Jobs;

/// <summary>Receives a whole image, lets an operation make a volume from it, and sends that.</summary>
internal sealed class VolumePipeline(
    JobRequest request, IVolumeOperation operation, JobChannels channels, DeviceScheduler scheduler, InferenceServerOptions options, ILogger logger)
{
    private readonly ImageIntake _intake = new(request, channels);
    private readonly SlabEncoder _encoder = new(request.Result, options.ResultChunkBytes);

    public async Task RunAsync(CancellationToken cancellation)
    {
        channels.Progress.Stage("uploading");
        var auxiliaries = await _intake.ReadAuxiliariesAsync(cancellation).ConfigureAwait(false);
        var image = request.Made!.NeedsPixels ? new MemoryVolume(request.Image) : null;
        await _intake.ReadImageAsync(
            chunk =>
            {
                Keep(image, chunk);
                return ValueTask.CompletedTask;
            },
            cancellation).ConfigureAwait(false);
        channels.Progress.Stage("computing");
        var start = channels.State.Clock.Now;
        var made = operation is IDeviceVolumeOperation device
            ? new VolumeDeviceRun(request, device, channels, scheduler, options, logger).Run(image!, auxiliaries, cancellation)
            : operation.Run(request.ForOperation(options), image, auxiliaries, cancellation);
        channels.State.Clock.AddCompute(start);
        channels.State.Tiles++;
        channels.State.Telemetry.TilesComputed(channels.State.Device, 1);
        channels.State.EstimatedParameters = made.EstimatedParameters;
        foreach (var warning in made.Warnings)
        {
            channels.State.Warn(warning);
        }

        await SendAsync(made.Volume, cancellation).ConfigureAwait(false);
    }

    private static void Keep(MemoryVolume? image, ReceivedChunk chunk)
    {
        var range = chunk.Range;
        var bytes = chunk.Data.Length / range.PlaneCount;
        for (var i = 0; i < range.PlaneCount; i++)
        {
            image?.WriteRows(range.FirstPlane + i, range.FirstRow, range.RowCount, chunk.Data.Span.Slice(i * bytes, bytes));
        }
    }

    private async Task SendAsync(MemoryVolume volume, CancellationToken cancellation)
    {
        var shape = volume.Info.Shape;
        using var planes = tensor(volume.ToSingles(), [shape.PlaneCount, shape.Height, shape.Width]);
        foreach (var range in _encoder.Ranges(0, (int)shape.PlaneCount))
        {
            var (rented, length) = _encoder.Encode(planes, 0, range);
            await channels.Writer.WriteAsync(request.Result, range, rented, length, cancellation).ConfigureAwait(false);
            channels.Progress.Computed(range.FirstRow + range.RowCount == shape.Height ? range.PlaneCount : 0);
        }

        channels.State.SaturatedVoxels = _encoder.SaturatedVoxels;
        channels.State.ResultStatistics = _encoder.Statistics;
    }
}
