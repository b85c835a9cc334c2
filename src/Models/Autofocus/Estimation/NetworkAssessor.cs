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
    private readonly DefocusInput _input;
    private readonly IFocusAssessor _metrics;

    /// <param name="model">The package.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="tiles">The tiles of the frames.</param>
    /// <param name="input">Makes the network's input of a tile.</param>
    /// <param name="metrics">Gives the score; it is disposed with this.</param>
    public NetworkAssessor(PackageModel model, Device device, FrameTiles tiles, DefocusInput input, IFocusAssessor metrics) =>
        (_model, _device, _tiles, _input, _metrics) = (model, device, tiles, input, metrics);

    public FocusAssessment Assess(FocusFrame frame, CancellationToken cancellation)
    {
        var metrics = _metrics.Assess(frame, cancellation);
        var parts = Enumerable.Range(0, _tiles.Count).Select(i => _input.Of(_tiles.Cut(frame.Pixels, i))).ToArray();
        cancellation.ThrowIfCancellationRequested();
        var judged = Enumerable.Range(0, parts.Length).Where(i => parts[i].Structure > 0).ToArray();
        var logits = judged.Length == 0 ? [] : Run([.. judged.Select(i => parts[i].Input)]);
        var map = Map(parts, judged, logits);
        if (judged.Length == 0)
        {
            return new FocusAssessment(metrics.Score, DefocusPosterior.Empty, metrics.Numbers, map) { ScoreMetric = metrics.ScoreMetric, TileScores = metrics.TileScores };
        }

        var total = judged.Sum(i => parts[i].Structure);
        var vote = new double[DefocusClasses.Count];
        foreach (var (i, own) in judged.Zip(logits))
        {
            for (var k = 0; k < vote.Length; k++)
            {
                vote[k] += parts[i].Structure / total * own[k];
            }
        }

        var estimate = DefocusPosterior.Of(Softmax(vote));
        var numbers = new Dictionary<string, double>(metrics.Numbers, StringComparer.Ordinal)
        {
            [LikelyName] = DefocusClasses.Micrometres[Array.IndexOf(estimate.Probabilities, estimate.Probabilities.Max())],
            [LikelyDistanceName] = DefocusPosterior.DistanceClass(estimate.Probabilities) * DefocusClasses.Step,
        };
        return new FocusAssessment(metrics.Score, estimate, numbers, map) { ScoreMetric = metrics.ScoreMetric, TileScores = metrics.TileScores };
    }

    public void Dispose() => _metrics.Dispose();

    private FocusMap Map((float[] Input, double Structure)[] parts, int[] judged, double[][] logits)
    {
        var values = new float[3 * parts.Length];
        foreach (var (i, own) in judged.Zip(logits))
        {
            var estimate = DefocusPosterior.Of(Softmax(own));
            values[i] = (float)estimate.DefocusMicrometres;
            values[parts.Length + i] = (float)estimate.StandardDeviation;
            values[(2 * parts.Length) + i] = (float)parts[i].Structure;
        }

        return new FocusMap(3, _tiles.Rows, _tiles.Columns, values);
    }

    // Logarithms of the classes' probabilities, of every input.
    private double[][] Run(float[][] inputs)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var shape = _input.Shape.ToArray();
        shape[0] = inputs.Length;
        var input = tensor(inputs.SelectMany(values => values).ToArray(), shape, device: _device);
        var classes = _model.Forward(_device, [input])[0].reshape(inputs.Length, DefocusClasses.Count).log_softmax(1);
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
