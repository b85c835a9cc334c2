namespace InferenceBridge.Models;

/// <summary>Lays blocks evenly over a plane and gathers their power tile by tile. Not safe for concurrent calls.</summary>
internal sealed class SpectralSums
{
    private const int Size = CosineBlock.Size;

    private readonly TileGrid _grid;
    private readonly TileParts _parts;
    private readonly BlockSpectrum _frame;
    private readonly SpectralPart[] _sums;

    /// <param name="grid">The plane and its tiles.</param>
    /// <param name="parts">Parts of it that are gone over at once.</param>
    /// <param name="bands">Which coefficients count.</param>
    public SpectralSums(TileGrid grid, TileParts parts, SpectralBands bands)
    {
        (_grid, _parts, _frame) = (grid, parts, new BlockSpectrum(bands));
        _sums = [.. Enumerable.Range(0, parts.Count).Select(_ => new SpectralPart(grid.Columns, bands))];
    }

    /// <summary>Adds the spectral metrics of every tile and of the plane.</summary>
    /// <param name="plane">Pixels, X fastest. Planes smaller than a block are mirrored at their edges, as the transform has it.</param>
    /// <param name="level">Their mean, or near it.</param>
    /// <param name="brightness">What power is divided by, squared.</param>
    /// <param name="tiles">For each tile the metrics, rows of tiles first.</param>
    /// <param name="frame">Metrics of the plane.</param>
    public void Describe(float[] plane, float level, double brightness, double[] tiles, double[] frame)
    {
        var (height, width) = (Math.Max(_grid.Height, Size), Math.Max(_grid.Width, Size));
        var pixels = height == _grid.Height && width == _grid.Width ? plane : Mirrored(plane, height, width);
        var rows = BlockCount(height);
        var tileRows = Enumerable.Range(0, rows).Select(row => TileOf(Start(row, rows, height), _grid.Height, _grid.RowOf)).ToArray();
        _parts.Run(part =>
        {
            _sums[part].Clear();
            for (var tileRow = _parts.First(part); tileRow < _parts.First(part + 1); tileRow++)
            {
                for (var row = 0; row < rows; row++)
                {
                    if (tileRows[row] == tileRow)
                    {
                        AddRow(_sums[part], pixels.AsSpan(Start(row, rows, height) * width), width, level);
                    }
                }

                _sums[part].EndRow(tiles.AsSpan(tileRow * _grid.Columns * FocusMetrics.All.Count), brightness);
            }
        });
        _frame.Clear();
        foreach (var sums in _sums)
        {
            _frame.Add(sums.Total);
        }

        _frame.Describe(frame, brightness);
    }

    private void AddRow(SpectralPart sums, ReadOnlySpan<float> pixels, int width, float level)
    {
        var columns = BlockCount(width);
        for (var column = 0; column < columns; column++)
        {
            var x = Start(column, columns, width);
            sums.Tiles[TileOf(x, _grid.Width, _grid.ColumnOf)].Add(pixels[x..], width, level);
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
            var from = Place(y, _grid.Height) * _grid.Width;
            for (var x = 0; x < width; x++)
            {
                mirrored[(y * width) + x] = plane[from + Place(x, _grid.Width)];
            }
        }

        return mirrored;
    }
}
