using InferenceBridge.Client;
using InferenceBridge.Models;

namespace InferenceBridge.Cli;

/// <summary>What was found for the planes of a focal stack, and what follows from it.</summary>
internal sealed class FocusStack
{
    private const string Defocus = "defocus_um";
    private const string Deviation = "defocus_sd_um";
    private const string Distance = "distance_um";
    private const string OutOfRange = "out_of_range";
    private const string Empty = "empty";
    private const double MedianToDeviation = 1.4826;

    /// <param name="name">The stack's file.</param>
    /// <param name="summary">How the job ran.</param>
    /// <param name="positions">Where the planes lie.</param>
    /// <param name="metrics">Metrics that the operation knows, in its order.</param>
    /// <param name="decisive">The one that decides.</param>
    /// <param name="planes">Numbers of each plane.</param>
    public FocusStack(
        string name, RunSummary summary, FocusPositions positions, IReadOnlyList<string> metrics, string decisive,
        IReadOnlyList<IReadOnlyDictionary<string, double>> planes)
    {
        (Name, Summary, Positions, Planes, Decisive) = (name, summary, positions, planes, decisive);
        Peaks = [.. metrics.Where(metric => planes.Any(plane => plane.ContainsKey(metric))).Select(metric => new MetricPeak(metric, Curve(metric)))];
        Disagreeing = Best is { } best ? [.. Peaks.Where(peak => peak.Disagrees(best, Math.Abs(positions.Of(1))))] : [];
        Estimates = [.. Enumerable.Range(0, planes.Count).Where(i => planes[i].ContainsKey(Defocus) && Number(i, OutOfRange) == 0).Select(i => (i, planes[i][Defocus]))];
        Network = NetworkFocus();
    }

    public string Name { get; }

    /// <summary>The files that the planes are, where each is one; else empty.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public RunSummary Summary { get; }

    public FocusPositions Positions { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, double>> Planes { get; }

    /// <summary>Name of the metric that decides.</summary>
    public string Decisive { get; }

    /// <summary>The maximum of each metric, in the operation's order.</summary>
    public IReadOnlyList<MetricPeak> Peaks { get; }

    /// <summary>That of the metric which decides; null where the operation gives no metrics.</summary>
    public MetricPeak? Best => Peaks.FirstOrDefault(peak => peak.Metric == Decisive);

    /// <summary>Metrics that put the focus elsewhere than <see cref="Best"/>.</summary>
    public IReadOnlyList<MetricPeak> Disagreeing { get; }

    /// <summary>The defocus that a network gave for planes, in µm: z of the plane less z of best focus.</summary>
    public IReadOnlyList<(int Plane, double Defocus)> Estimates { get; }

    /// <summary>Where a network puts the focus, with its uncertainty, in µm; null where there is no network, no z-step, or no sign.</summary>
    public (double Z, double StandardDeviation)? Network { get; }

    /// <summary>
    /// The plane nearest to where a network puts the focus, which all planes have a say in; where it does not, that of the least distance. Null without a
    /// network.
    /// </summary>
    public int? NetworkPlane => Enumerable.Range(0, Planes.Count).Where(i => Planes[i].ContainsKey(Distance))
        .Select(i => (int?)i).MinBy(i => Network is { } focus ? Math.Abs(Positions.Of(i!.Value) - focus.Z) : Planes[i!.Value][Distance]);

    /// <summary>Planes that show nothing.</summary>
    public int EmptyPlanes => Enumerable.Range(0, Planes.Count).Count(IsEmpty);

    /// <summary>The plane to look at: the best by the metrics, else by the network, else the first.</summary>
    public int BestPlane => Best is { Peak.BestIndex: >= 0 } best ? Usable(best.Metric)[best.Peak.BestIndex] : NetworkPlane ?? 0;

    /// <summary>The file of <see cref="BestPlane"/>, where each plane is one.</summary>
    public string? BestFile => Files.Count > 0 ? Files[BestPlane] : null;

    /// <summary>The planes that have a number, without empty ones.</summary>
    public int[] Usable(string metric) => [.. Enumerable.Range(0, Planes.Count).Where(i => Planes[i].ContainsKey(metric) && !IsEmpty(i))];

    /// <summary>The plane at which a metric is largest.</summary>
    public int? BestPlaneOf(MetricPeak peak) => peak.Peak.BestIndex < 0 ? null : Usable(peak.Metric)[peak.Peak.BestIndex];

    private bool IsEmpty(int plane) => Number(plane, Empty) != 0;

    private double Number(int plane, string name) => Planes[plane].GetValueOrDefault(name);

    private FocusPeak Curve(string metric) => FocusCurve.Find([.. Usable(metric).Select(i => new FocusPoint(Positions.Of(i), Planes[i][metric]))]);

    // Every plane says where the focus is; planes far from it, which a network misjudges, are outvoted by the median.
    private (double Z, double StandardDeviation)? NetworkFocus()
    {
        if (Estimates.Count == 0 || Positions.Step is null)
        {
            return null;
        }

        double[] votes = [.. Estimates.Select(estimate => Positions.Of(estimate.Plane) - estimate.Defocus)];
        var middle = Median(votes);

        // Planes of a stack share what a network misjudges, so many votes are no surer than one.
        var stated = Median([.. Estimates.Select(estimate => Number(estimate.Plane, Deviation))]);
        return (middle, Math.Max(stated, MedianToDeviation * Median([.. votes.Select(vote => Math.Abs(vote - middle))])));
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}

/// <summary>The maximum of a metric over a stack.</summary>
internal sealed record MetricPeak(string Metric, FocusPeak Peak)
{
    private const double Deviations = 3;

    /// <summary>Whether it lies elsewhere than another, by more than a plane and more than their uncertainties allow.</summary>
    public bool Disagrees(MetricPeak other, double step)
    {
        if (Peak.Kind == FocusPeakKind.None || other.Peak.Kind == FocusPeakKind.None)
        {
            return false;
        }

        var (mine, theirs) = (Peak.StandardDeviation ?? 0, other.Peak.StandardDeviation ?? 0);
        return Math.Abs(Peak.Z - other.Peak.Z) > Math.Max(step, Deviations * Math.Sqrt((mine * mine) + (theirs * theirs)));
    }
}
