using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Judges frames by a network: every tile that holds structure has its say. Their logarithms are averaged, weighted by how much structure each
/// holds: tiles of one frame share their defocus, but also what misleads them, so that many do not count as many measurements.
/// </summary>
internal sealed class NetworkAssessor : IFocusAssessor
{
    /// <summary>Name of the number that tells the most likely class, in µm.</summary>
    public const string LikelyName = "likely_um";

    /// <summary>Name of the number that tells the most likely distance of both signs together, in µm.</summary>
    public const string LikelyDistanceName = "likely_distance_um";

    private readonly PackageModel _model;
    private readonly Device _device;
    private readonly FrameTiles _tiles;
    private readonly TileViews _views;
    private readonly IFocusAssessor _metrics;

    /// <param name="model">The package.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="tiles">The tiles of the frames.</param>
    /// <param name="views">How a tile is looked at.</param>
    /// <param name="metrics">Gives the score; it is disposed with this.</param>
    public NetworkAssessor(PackageModel model, Device device, FrameTiles tiles, TileViews views, IFocusAssessor metrics) =>
        (_model, _device, _tiles, _views, _metrics) = (model, device, tiles, views, metrics);

    public FocusAssessment Assess(FocusFrame frame, CancellationToken cancellation)
    {
        var metrics = _metrics.Assess(frame, cancellation);
        var tiles = Enumerable.Range(0, _tiles.Count).Select(i => _views.Of(_tiles.Cut(frame.Pixels, i))).ToArray();
        cancellation.ThrowIfCancellationRequested();
        var logits = Run([.. tiles.SelectMany(views => views.Select(view => view.Input))], cancellation);
        var (judged, next) = (new double[tiles.Length][], 0);
        for (var i = 0; i < tiles.Length; i++)
        {
            var views = tiles[i].Length;
            judged[i] = views == 0 ? [] : TileViews.Together(logits.AsSpan(next, views), Array.ConvertAll(tiles[i], view => view.Structure));
            next += views;
        }

        var structure = Array.ConvertAll(tiles, views => views.Length == 0 ? 0 : views[0].Structure);
        var map = Map(structure, judged);
        if (logits.Length == 0)
        {
            return new FocusAssessment(metrics.Score, DefocusPosterior.Empty, metrics.Numbers, map) { ScoreMetric = metrics.ScoreMetric, TileScores = metrics.TileScores };
        }

        var vote = TileViews.Mean([.. judged.Where(own => own.Length > 0)], [.. structure.Where(value => value > 0)]);
        var estimate = DefocusPosterior.Of(Softmax(vote));
        var numbers = new Dictionary<string, double>(metrics.Numbers, StringComparer.Ordinal)
        {
            [LikelyName] = DefocusClasses.Micrometres[Array.IndexOf(estimate.Probabilities, estimate.Probabilities.Max())],
            [LikelyDistanceName] = DefocusPosterior.DistanceClass(estimate.Probabilities) * DefocusClasses.Step,
        };
        return new FocusAssessment(metrics.Score, estimate, numbers, map) { ScoreMetric = metrics.ScoreMetric, TileScores = metrics.TileScores };
    }

    public void Dispose() => _metrics.Dispose();

    private FocusMap Map(double[] structure, double[][] judged)
    {
        var values = new float[3 * structure.Length];
        for (var i = 0; i < structure.Length; i++)
        {
            if (structure[i] > 0)
            {
                var estimate = DefocusPosterior.Of(Softmax(judged[i]));
                values[i] = (float)estimate.DefocusMicrometres;
                values[structure.Length + i] = (float)estimate.StandardDeviation;
                values[(2 * structure.Length) + i] = (float)structure[i];
            }
        }

        return new FocusMap(3, _tiles.Rows, _tiles.Columns, values);
    }

    // Logarithms of the classes' probabilities, of every input. Each core has its own inputs: that they wait for each other after every layer would
    // take longer.
    private double[][] Run(float[][] inputs, CancellationToken cancellation)
    {
        var each = Math.Max(1, (inputs.Length + CpuWorkers.Count(_device) - 1) / CpuWorkers.Count(_device));
        float[][][] batches = [.. inputs.Chunk(each)];
        var judged = new double[batches.Length][][];
        CpuWorkers.For(_device, batches.Length, i => judged[i] = Run(batches[i]), cancellation);
        return [.. judged.SelectMany(rows => rows)];
    }

    private double[][] Run(float[][] batch)
    {
        var shape = _views.Shape.ToArray();
        shape[0] = batch.Length;
        var input = tensor(batch.SelectMany(values => values).ToArray(), shape, device: _device);
        var classes = _model.Forward(_device, [input])[0].reshape(batch.Length, DefocusClasses.Count).log_softmax(1);
        return [.. classes.cpu().contiguous().data<float>().ToArray().Chunk(DefocusClasses.Count).Select(row => Array.ConvertAll(row, value => (double)value))];
    }

    private static float[] Softmax(double[] logits)
    {
        var largest = logits.Max();
        var values = Array.ConvertAll(logits, value => Math.Exp(value - largest));
        var sum = values.Sum();
        return Array.ConvertAll(values, value => (float)(value / sum));
    }
}
