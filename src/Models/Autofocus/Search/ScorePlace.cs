namespace InferenceBridge.Models;

/// <summary>What the frames at one place say together.</summary>
/// <param name="Z">Their mean z in µm.</param>
/// <param name="Score">Their mean score.</param>
/// <param name="Noise">Standard deviation of that by the camera's noise (<see cref="ScoreNoise"/>); NaN where it is not known.</param>
/// <param name="Tiles">Mean scores of tiles; empty where there are none.</param>
internal sealed record ScorePlace(double Z, double Score, double Noise, float[] Tiles)
{
    // Normal deviates of tiles from which on a difference is one: of 40 places of noise, the highest is that far above the lowest in 1 of 1000 cases.
    private const double Tiled = 5;

    // Differences in standard deviations of the camera's noise, which knows neither of bright structure's shot noise nor of neighbours that are alike.
    private const double Seen = 8;
    private const double Sure = 20;

    // The same where a bell has told a peak: enough to tell on which side of it a place lies.
    private const double TiledLess = 2.5;
    private const double SeenLess = 4;

    public bool KnowsNoise => !double.IsNaN(Noise) || TileContrast.Tells(Tiles);

    public static ScorePlace Of(IReadOnlyList<SearchPoint> points, double scoreOfEmpty)
    {
        var count = points.Count;
        var tiles = points[0].Tiles;
        if (count > 1 && points.All(point => point.Tiles.Length == tiles.Length))
        {
            tiles = [.. Enumerable.Range(0, tiles.Length).Select(i => points.Average(point => point.Tiles[i]))];
        }

        return new ScorePlace(
            points.Average(point => point.Z), points.Average(point => point.IsEmpty ? scoreOfEmpty : point.Score),
            Math.Sqrt(points.Average(point => point.Noise * point.Noise) / count), tiles);
    }

    /// <summary>Whether the difference is more than noise: enough to go that way.</summary>
    public bool IsSharperThan(ScorePlace other) => TileContrast.Deviate(Tiles, other.Tiles) > Tiled || Excess(other) > Seen;

    /// <summary>Whether the difference is likely to be more than noise.</summary>
    public bool IsLikelySharperThan(ScorePlace other) => TileContrast.Deviate(Tiles, other.Tiles) > TiledLess || Excess(other) > SeenLess;

    /// <summary>Whether the difference is more than noise, whatever the camera and the sample are.</summary>
    public bool IsSurelySharperThan(ScorePlace other) => TileContrast.Deviate(Tiles, other.Tiles) > Tiled || Excess(other) > Sure;

    // NaN where a noise is not known.
    private double Excess(ScorePlace other) => (Score - other.Score) / Math.Sqrt((Noise * Noise) + (other.Noise * other.Noise));
}
