using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>
/// A movie whose file calls its frames slices, as plain multi-page TIFFs do: where there is one time point, its slices are taken as frames.
/// </summary>
internal sealed class FramesOfSlices(IVolumeReader inner) : IVolumeReader
{
    private readonly VolumeShape _shape = inner.Info.Shape;

    public VolumeInfo Info { get; } = inner.Info with { Shape = inner.Info.Shape with { Frames = inner.Info.Shape.Depth, Depth = 1 } };

    /// <summary>Whether a file's slices are to be taken as frames.</summary>
    public static bool Applies(VolumeInfo info) => info.Shape is { Frames: 1, Depth: > 1 };

    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination)
    {
        var (t, c, _) = Info.Shape.PlaneAt(plane);
        inner.ReadRows(_shape.PlaneNumber(0, c, t), firstRow, rowCount, destination);
    }

    public void Dispose()
    {
        // The file belongs to whoever opened it.
    }
}
