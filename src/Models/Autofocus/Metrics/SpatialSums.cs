namespace InferenceBridge.Models;

/// <summary>Goes over a plane once and gathers, tile by tile, what the metrics in space are made of.</summary>
internal static class SpatialSums
{
    /// <summary>Gathers them.</summary>
    /// <param name="plane">Pixels, X fastest.</param>
    /// <param name="grid">Its tiles.</param>
    /// <param name="parts">Parts of it that are gone over at once.</param>
    /// <param name="background">Grey level of no light.</param>
    /// <param name="tiles">Takes the sums of each tile, rows of tiles first.</param>
    /// <returns>Mean absolute distance of pixels from the background.</returns>
    public static double Gather(float[] plane, TileGrid grid, TileParts parts, float background, TileSums[] tiles)
    {
        var distances = new double[parts.Count];
        var inner = InnerPlane.Of(plane, grid.Height, grid.Width);
        parts.Run(part =>
        {
            for (var row = parts.First(part); row < parts.First(part + 1); row++)
            {
                distances[part] += Gather(plane, grid, inner, background, row, tiles.AsSpan(row * grid.Columns, grid.Columns));
            }
        });
        return distances.Sum() / plane.Length;
    }

    private static double Gather(float[] plane, TileGrid grid, InnerPlane inner, float background, int row, Span<TileSums> band)
    {
        var distance = 0.0;
        band.Clear();
        for (var column = 0; column < band.Length; column++)
        {
            var area = new Area(grid.Top(row), grid.Top(row + 1), grid.Left(column), grid.Left(column + 1));
            distance += Levels(plane, grid.Width, area, background, ref band[column]);
            Terms(plane, grid, area, ref band[column]);
            inner.Gather(area, ref band[column]);
        }

        return distance;
    }

    private static double Levels(float[] plane, int width, Area area, float background, ref TileSums tile)
    {
        var (sum, distance) = (0.0, 0.0);
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var one = RowKernels.Levels(plane.AsSpan((y * width) + area.Left, area.Width), background);
            (sum, distance) = (sum + one.Sum, distance + one.Distance);
        }

        tile.Pixels = (long)area.Width * (area.Bottom - area.Top);
        tile.Mean = sum / tile.Pixels;
        return distance;
    }

    // With the mean known, so that nothing large is taken from something large.
    private static void Terms(float[] plane, TileGrid grid, Area area, ref TileSums tile)
    {
        var (width, mean, rest) = (grid.Width, (float)tile.Mean, 0.0);
        var along = Math.Min(area.Right, width - 2) - area.Left;
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var row = plane.AsSpan(y * width, width);
            var (squares, sum) = RowKernels.Variance(row[area.Left..area.Right], mean);
            (tile.Squares, rest) = (tile.Squares + squares, rest + sum);
            if (along > 0)
            {
                Add(RowKernels.Pairs(row.Slice(area.Left, along), row.Slice(area.Left + 1, along), row.Slice(area.Left + 2, along), mean), along, ref tile);
            }

            if (y < grid.Height - 2)
            {
                var from = (y * width) + area.Left;
                var sums = RowKernels.Pairs(
                    plane.AsSpan(from, area.Width), plane.AsSpan(from + width, area.Width), plane.AsSpan(from + (2 * width), area.Width), mean);
                Add(sums, area.Width, ref tile);
            }
        }

        // The mean in float64 again: Σ(g − mean)² and Σ(g − mean)·step from those by its float32 value.
        var off = tile.Mean - mean;
        tile.Squares = Math.Max(0, tile.Squares - (2 * off * rest) + (tile.Pixels * off * off));
        tile.Correlation -= off * tile.Steps;
    }

    private static void Add((double Squares, double Correlation, double Steps) sums, int count, ref TileSums tile)
    {
        tile.Pairs += count;
        tile.PairSquares += sums.Squares;
        tile.Correlation += sums.Correlation;
        tile.Steps += sums.Steps;
    }
}

/// <summary>Rows and columns of a tile.</summary>
internal readonly record struct Area(int Top, int Bottom, int Left, int Right)
{
    public int Width => Right - Left;
}
