namespace InferenceBridge.Models;

/// <summary>Sobel's gradient and the Laplacian of the pixels of a plane that have all neighbours.</summary>
/// <param name="Pixels">X fastest.</param>
/// <param name="Height">Rows, at least 3.</param>
/// <param name="Width">Columns, at least 3.</param>
/// <param name="RowsRepeated">Whether the plane has fewer than 3 rows and its last was repeated; so for columns.</param>
/// <param name="ColumnsRepeated">As <paramref name="RowsRepeated"/>.</param>
internal readonly record struct InnerPlane(float[] Pixels, int Height, int Width, bool RowsRepeated, bool ColumnsRepeated)
{
    private const int Least = 3;

    /// <summary>The plane itself; of planes with fewer than 3 rows or columns, the last ones are repeated, so that lines have a gradient.</summary>
    public static InnerPlane Of(float[] plane, int height, int width)
    {
        if (height >= Least && width >= Least)
        {
            return new InnerPlane(plane, height, width, false, false);
        }

        var (rows, columns) = (Math.Max(height, Least), Math.Max(width, Least));
        var repeated = new float[checked(rows * columns)];
        for (var i = 0; i < repeated.Length; i++)
        {
            repeated[i] = plane[(Math.Min(i / columns, height - 1) * width) + Math.Min(i % columns, width - 1)];
        }

        return new InnerPlane(repeated, rows, columns, height < Least, width < Least);
    }

    /// <summary>Adds the sums over a tile. Planes with repeated rows, or columns, have one row, or column, of tiles.</summary>
    public void Gather(Area area, ref TileSums tile)
    {
        var (first, last) = (Math.Max(area.Left, 1), Math.Min(ColumnsRepeated ? Width : area.Right, Width - 1));
        var (top, bottom) = (Math.Max(area.Top, 1), Math.Min(RowsRepeated ? Height : area.Bottom, Height - 1));
        for (var y = top; y < bottom && last > first; y++)
        {
            var from = (y * Width) + first - 1;
            var length = last - first + 2;
            var (gradient, laplacian, squares) = RowKernels.Inner(
                Pixels.AsSpan(from - Width, length), Pixels.AsSpan(from, length), Pixels.AsSpan(from + Width, length));
            tile.Inner += length - 2;
            tile.Gradient += gradient;
            tile.Laplacian += laplacian;
            tile.LaplacianSquares += squares;
        }
    }
}
