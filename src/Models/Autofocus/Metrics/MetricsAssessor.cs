namespace InferenceBridge.Models;

/// <summary>Judges frames by the focus metrics.</summary>
/// <param name="grid">The frames' size and tiles.</param>
/// <param name="metrics">Measures them.</param>
/// <param name="score">The metric that is the score.</param>
internal sealed class MetricsAssessor(TileGrid grid, PlaneMetrics metrics, FocusMetric score) : IFocusAssessor
{
    public FocusAssessment Assess(FocusFrame frame, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var values = metrics.Measure(frame.Pixels);
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal) { [FocusNumbers.Empty] = values is null ? 1 : 0 };
        foreach (var metric in FocusMetrics.All)
        {
            numbers[metric.Name()] = values?[(int)metric] ?? 0;
        }

        return new FocusAssessment(numbers[score.Name()], null, numbers, Map()) { ScoreMetric = score, TileScores = [.. metrics.Tiles.Where((_, i) => i % FocusMetrics.All.Count == (int)score).Select(value => (float)value)] };
    }

    public void Dispose()
    {
        // Nothing is held.
    }

    private FocusMap Map()
    {
        var (channels, tiles) = (FocusMetrics.All.Count, grid.TileCount);
        var map = new float[checked(channels * tiles)];
        for (var i = 0; i < map.Length; i++)
        {
            map[i] = (float)metrics.Tiles[(i % tiles * channels) + (i / tiles)];
        }

        return new FocusMap(channels, grid.Rows, grid.Columns, map);
    }
}
