using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Exact median over a box.</summary>
internal static class MedianKernel
{
    /// <summary>
    /// Window values that one piece lays out at a time. The median needs every voxel's window side by side, so that
    /// memory, not speed, sets the size of a piece.
    /// </summary>
    public const long PieceElements = 2 * 1024 * 1024;

    /// <summary>The same for one core of a CPU, of which there may be many.</summary>
    public const long CpuPieceElements = PieceElements / 4;

    /// <summary>Filters a (z, y, x) image; equals scipy.ndimage.median_filter with mode = "reflect".</summary>
    public static Tensor Apply(Tensor image, MedianOptions options, CancellationToken cancellation)
    {
        if (options.WindowElements == 1)
        {
            return image.clone();
        }

        var (z, xy) = (options.RadiusZ, options.RadiusXy);
        using var deep = Edges.Pad(image, 0, z, z, EdgeMode.Symmetric);
        using var high = Edges.Pad(deep, 1, xy, xy, EdgeMode.Symmetric);
        using var padded = Edges.Pad(high, 2, xy, xy, EdgeMode.Symmetric);
        var result = empty_like(image);
        var (depth, height, width) = ((int)image.shape[0], (int)image.shape[1], (int)image.shape[2]);
        var elements = image.device_type == TorchSharp.DeviceType.CPU ? CpuPieceElements : PieceElements;
        var columns = Piece.Cut(width, elements / options.WindowElements);
        var rows = Piece.Cut(height, elements / options.WindowElements / columns[0].Length);
        CpuWorkers.For(image.device, checked(depth * rows.Length * columns.Length), i =>
        {
            var (y, x) = (rows[i / columns.Length % rows.Length], columns[i % columns.Length]);
            var slice = i / columns.Length / rows.Length;
            var windows = padded.narrow(0, slice, (2 * z) + 1)
                .narrow(1, y.Start, y.Length + (2 * xy))
                .narrow(2, x.Start, x.Length + (2 * xy))
                .unfold(0, (2 * z) + 1, 1).unfold(1, (2 * xy) + 1, 1).unfold(2, (2 * xy) + 1, 1)
                .reshape(1, y.Length, x.Length, options.WindowElements);
            var (values, _) = windows.median(-1);
            result.narrow(0, slice, 1).narrow(1, y.Start, y.Length).narrow(2, x.Start, x.Length).copy_(values);
        }, cancellation);
        return result;
    }
}
