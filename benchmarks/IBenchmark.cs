namespace InferenceBridge.Benchmarks;

/// <summary>Measures something of ours beside a peer or a limit, in turns, in one run.</summary>
internal interface IBenchmark
{
    string Name { get; }

    /// <summary>One line for --list.</summary>
    string Summary { get; }

    /// <summary>Runs it; names of figures end in their unit.</summary>
    Task<IReadOnlyDictionary<string, double>> RunAsync(TextWriter log);
}
