namespace InferenceBridge.Models;

/// <summary>Power of the blocks of one part of a plane.</summary>
/// <param name="columns">Tiles of a row.</param>
/// <param name="bands">Which coefficients count.</param>
internal sealed class SpectralPart(int columns, SpectralBands bands)
{
    /// <summary>That of the tiles of the row that is gone over.</summary>
    public BlockSpectrum[] Tiles { get; } = [.. Enumerable.Range(0, columns).Select(_ => new BlockSpectrum(bands))];

    /// <summary>That of the rows that have ended.</summary>
    public BlockSpectrum Total { get; } = new(bands);

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Total.Clear();
        foreach (var tile in Tiles)
        {
            tile.Clear();
        }
    }

    /// <summary>Ends a row of tiles.</summary>
    /// <param name="values">Takes the metrics of its tiles, by <see cref="FocusMetric"/>.</param>
    /// <param name="brightness">What power is divided by, squared.</param>
    public void EndRow(Span<double> values, double brightness)
    {
        var count = FocusMetrics.All.Count;
        for (var column = 0; column < Tiles.Length; column++)
        {
            Tiles[column].Describe(values.Slice(column * count, count), brightness);
            Total.Add(Tiles[column]);
            Tiles[column].Clear();
        }
    }
}
