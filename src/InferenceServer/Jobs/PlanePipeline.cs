using System.Buffers;
using InferenceBridge.Models;

namespace InferenceBridge.Server.Jobs;

/// <summary>Sends chunks straight through an operation that works on bytes.</summary>
internal static class PlanePipeline
{
    public static async Task RunAsync(JobRequest request, IPlaneOperation operation, JobChannels channels, CancellationToken cancellation)
    {
        foreach (var auxiliary in request.Auxiliaries)
        {
            await foreach (var _ in channels.Reader.ReadAsync(auxiliary.Name, auxiliary.Info, cancellation).ConfigureAwait(false))
            {
                // Checked, and not needed.
            }
        }

        channels.Progress.Stage("computing");
        await foreach (var chunk in channels.Reader.ReadAsync(InputRole.ImageName, request.Image, cancellation).ConfigureAwait(false))
        {
            if (operation.Declaration.RequiresFiniteImage)
            {
                FiniteCheck.Check(request.Image, chunk.Range, chunk.Data.Span);
            }

            var start = channels.State.Clock.Now;
            var result = ArrayPool<byte>.Shared.Rent(chunk.Data.Length);
            operation.Process(chunk.Data.Span, result.AsSpan(0, chunk.Data.Length), request.Parameters);
            channels.State.Clock.AddCompute(start);
            await channels.Writer.WriteAsync(request.Result, chunk.Range, result, chunk.Data.Length, cancellation).ConfigureAwait(false);
            var planes = chunk.Range.FirstRow + chunk.Range.RowCount == request.Image.Shape.Height ? chunk.Range.PlaneCount : 0;
            channels.State.Tiles += planes;
            channels.State.Telemetry.TilesComputed(channels.State.Device, planes);
            channels.Progress.Received(planes);
            channels.Progress.Computed(planes);
        }

        await channels.Reader.ReadEndAsync(cancellation).ConfigureAwait(false);
    }
}
