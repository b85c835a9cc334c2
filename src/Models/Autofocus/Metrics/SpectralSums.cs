namespace InferenceBridge.Models;

/// <summary>Lays blocks evenly over a plane and gathers their power tile by tile. Not safe for concurrent calls.</summary>
/// <param name="grid">The plane and its tiles.</param>
/// <param name="bands">Which coefficients count.</param>
internal sealed class SpectralSums(TileGrid grid, SpectralBands bands)
{
    private const int Size = CosineBlock.Size;

    private readonly BlockSpectrum _frame = new(bands);
    private readonly BlockSpectrum[] _row = [.. Enumerable.Range(0, grid.Columns).Select(_ => new BlockSpectrum(bands))];

    /// <summary>Adds the spectral metrics of every tile and of the plane.</summary>
    /// <param name="plane">Pixels, X fastest. Planes smaller than a block are mirrored at their edges, as the transform has it.</param>
    /// <param name="level">Their mean, or near it.</param>
    /// <param name="brightness">What power is divided by, squared.</param>
    /// <param name="tiles">For each tile the metrics, rows of tiles first.</param>
    /// <param name="frame">Metrics of the plane.</param>
    public void Describe(float[] plane, float level, double brightness, Span<double> tiles, Span<double> frame)
    {
        var (height, width) = (Math.Max(grid.Height, Size), Math.Max(grid.Width, Size));
        var pixels = height == grid.Height && width == grid.Width ? plane : Mirrored(plane, height, width);
        _frame.Clear();
        foreach (var spectrum in _row)
        {
            spectrum.Clear();
        }

        var (rows, columns, at) = (BlockCount(height), BlockCount(width), 0);
        for (var row = 0; row < rows; row++)
        {
            var y = Start(row, rows, height);
            var tileRow = TileOf(y, grid.Height, grid.RowOf);
            if (tileRow != at)
            {
                Finish(at, brightness, tiles);
                at = tileRow;
            }

            for (var column = 0; column < columns; column++)
            {
                var x = Start(column, columns, width);
                _row[TileOf(x, grid.Width, grid.ColumnOf)].Add(pixels.AsSpan((y * width) + x), width, level);
            }
        }

        Finish(at, brightness, tiles);
        _frame.Describe(frame, brightness);
    }

    private void Finish(int tileRow, double brightness, Span<double> tiles)
    {
        var count = FocusMetrics.All.Count;
        for (var column = 0; column < _row.Length; column++)
        {
            _row[column].Describe(tiles.Slice(((tileRow * _row.Length) + column) * count, count), brightness);
            _frame.Add(_row[column]);
            _row[column].Clear();
        }
    }

    private static int BlockCount(int size) => (size + Size - 1) / Size;

    private static int Start(int block, int count, int size) => count == 1 ? 0 : (int)((long)(size - Size) * block / (count - 1));

    // A block belongs to the tile that holds its middle.
    private static int TileOf(int start, int size, Func<int, int> holder) => size < Size ? 0 : holder(start + (Size / 2));

    private float[] Mirrored(float[] plane, int height, int width)
    {
        static int Place(int at, int size)
        {
            var folded = at % (2 * size);
            return folded < size ? folded : (2 * size) - 1 - folded;
        }

        var mirrored = new float[checked(height * width)];
        for (var y = 0; y < height; y++)
        {
            var from = Place(y, grid.Height) * grid.Width;
            for (var x = 0; x < width; x++)
            {
                mirrored[(y * width) + x] = plane[from + Place(x, grid.Width)];
            }
        }

        return mirrored;
    }
}
