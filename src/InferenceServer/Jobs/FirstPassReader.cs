using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Server.Jobs;

/// <summary>Shows an image to an operation's first pass: once as its chunks come by, then from scratch as often as it needs.</summary>
internal sealed class FirstPassReader(VolumeInfo info, IImagePass pass)
{
    private readonly float[] _plane = new float[info.Shape.PlaneElementCount];

    public void Add(ReceivedChunk chunk)
    {
        var (range, width) = (chunk.Range, info.Shape.Width);
        var bytes = chunk.Data.Length / range.PlaneCount;
        for (var i = 0; i < range.PlaneCount; i++)
        {
            PixelConverter.ToSingle(chunk.Data.Span.Slice(i * bytes, bytes), info.PixelType, _plane.AsSpan(range.FirstRow * width, range.RowCount * width));
            if (range.FirstRow + range.RowCount == info.Shape.Height)
            {
                pass.Add(info.Shape.PlaneAt(range.FirstPlane + i).C, _plane);
            }
        }
    }

    public void Finish(IPlaneSource source, CancellationToken cancellation)
    {
        pass.EndReading();
        while (pass.NeedsReading)
        {
            for (long plane = 0; plane < info.Shape.PlaneCount; plane++)
            {
                cancellation.ThrowIfCancellationRequested();
                PixelConverter.ToSingle(source.Rows(plane, 0, info.Shape.Height), info.PixelType, _plane);
                pass.Add(info.Shape.PlaneAt(plane).C, _plane);
            }

            pass.EndReading();
        }
    }
}
