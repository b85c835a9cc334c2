using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>A part of a tile that one core works on.</summary>
/// <param name="Planes">Along z.</param>
/// <param name="Rows">Along y.</param>
/// <param name="Columns">Along x.</param>
internal readonly record struct PixelBlock(Piece Planes, Piece Rows, Piece Columns)
{
    // Rows longer than this are cut: a block should be high enough that what it reads above and below itself costs little.
    private const int LongestRow = 512;

    /// <summary>Cuts an image for the cores of a CPU, or leaves it whole for another device.</summary>
    /// <param name="image">(z, y, x).</param>
    /// <param name="cubic">Whether blocks read beyond themselves along z too, so that they should not be flat.</param>
    public static IReadOnlyList<PixelBlock> Cut(Tensor image, bool cubic)
    {
        var (depth, height, width) = ((int)image.shape[0], (int)image.shape[1], (int)image.shape[2]);
        if (CpuWorkers.Count(image.device) == 1)
        {
            return [new PixelBlock(new Piece(0, depth), new Piece(0, height), new Piece(0, width))];
        }

        var columns = Piece.Cut(width, LongestRow);
        var lines = Math.Max(1, CpuWorkers.CacheElements / columns[^1].Length);
        var planesAtLeast = cubic ? Math.Min(depth, (long)Math.Sqrt(lines / 2.0)) : 1;
        var rows = Piece.Cut(height, lines / Math.Max(1, planesAtLeast));
        var planes = Piece.Cut(depth, lines / rows[^1].Length);
        return [.. from z in planes from y in rows from x in columns select new PixelBlock(z, y, x)];
    }

    /// <summary>The block in a tensor of the tile's shape: a view.</summary>
    public Tensor Of(Tensor image) => With(image, default, extraRows: 0);

    /// <summary>The block with a margin on every side, in a tensor that has the margin around the tile: a view.</summary>
    public Tensor With(Tensor padded, Halo margin, int extraRows) => padded
        .narrow(0, Planes.Start, Planes.Length + (2 * margin.Z))
        .narrow(1, Rows.Start, Rows.Length + (2 * margin.Y) + extraRows)
        .narrow(2, Columns.Start, Columns.Length + (2 * margin.X));
}
