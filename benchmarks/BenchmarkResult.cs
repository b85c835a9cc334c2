namespace InferenceBridge.Benchmarks;

/// <summary>What a benchmark measured.</summary>
/// <param name="Figures">Figures in the order in which they are shown.</param>
/// <param name="Targets">What is expected of some of them.</param>
internal sealed record BenchmarkResult(IReadOnlyList<Figure> Figures, IReadOnlyList<Target> Targets)
{
    /// <summary>Versions of what took part, by name.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>What a reader must know to judge the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public double this[string figure] => Figures.First(f => f.Name == figure).Value;

    public bool IsMet(Target target) =>
        this[target.Figure] >= (target.AtLeast ?? double.MinValue) && this[target.Figure] <= (target.AtMost ?? double.MaxValue);
}

/// <summary>A named number.</summary>
/// <param name="Name">snake_case, unique within a result.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit">Its unit; empty where it has none.</param>
internal sealed record Figure(string Name, double Value, string Unit = "");

/// <summary>A figure that should not be below a bound, or not above one.</summary>
/// <param name="Figure">Name of the figure.</param>
/// <param name="AtLeast">The lower bound, in the figure's unit; null for none.</param>
/// <param name="AtMost">The upper bound; null for none.</param>
internal sealed record Target(string Figure, double? AtLeast = null, double? AtMost = null)
{
    public double Bound => AtLeast ?? AtMost ?? double.NaN;

    public string Text => AtLeast is null ? "at most" : "at least";
}
