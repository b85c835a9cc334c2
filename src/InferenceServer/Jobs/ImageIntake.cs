using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Server.Jobs;

/// <summary>Receives the inputs of a tensor job.</summary>
internal sealed class ImageIntake(JobRequest request, JobChannels channels)
{
    /// <summary>Auxiliary volumes, whole and in memory.</summary>
    public async Task<IReadOnlyDictionary<string, MemoryVolume>> ReadAuxiliariesAsync(CancellationToken cancellation)
    {
        var volumes = new Dictionary<string, MemoryVolume>(StringComparer.Ordinal);
        foreach (var (name, info) in request.Auxiliaries)
        {
            var volume = new MemoryVolume(info);
            await foreach (var chunk in channels.Reader.ReadAsync(name, info, cancellation).ConfigureAwait(false))
            {
                var bytes = chunk.Data.Length / chunk.Range.PlaneCount;
                for (var i = 0; i < chunk.Range.PlaneCount; i++)
                {
                    volume.WriteRows(chunk.Range.FirstPlane + i, chunk.Range.FirstRow, chunk.Range.RowCount, chunk.Data.Span.Slice(i * bytes, bytes));
                }

                channels.Progress.Received(WholePlanes(info, chunk.Range));
            }

            volumes.Add(name, volume);
        }

        return volumes;
    }

    /// <summary>The image, checked, piece by piece; returns when the client has half-closed.</summary>
    public async Task ReadImageAsync(Func<ReceivedChunk, ValueTask> take, CancellationToken cancellation)
    {
        await foreach (var chunk in channels.Reader.ReadAsync(InputRole.ImageName, request.Image, cancellation).ConfigureAwait(false))
        {
            if (request.Operation.Declaration.RequiresFiniteImage)
            {
                FiniteCheck.Check(request.Image, chunk.Range, chunk.Data.Span);
            }

            await take(chunk).ConfigureAwait(false);
            channels.Progress.Received(WholePlanes(request.Image, chunk.Range));
        }

        await channels.Reader.ReadEndAsync(cancellation).ConfigureAwait(false);
    }

    private static long WholePlanes(VolumeInfo info, ChunkRange range) =>
        range.FirstRow + range.RowCount == info.Shape.Height ? range.PlaneCount : 0;
}
