namespace InferenceBridge.Benchmarks;

/// <summary>One benchmark: something of ours and, in the same run, what it is compared with.</summary>
internal interface IBenchmark
{
    /// <summary>Name on the command line, in lower case with hyphens.</summary>
    string Name { get; }

    /// <summary>One line for the list.</summary>
    string Summary { get; }

    /// <summary>Debian packages of what it is compared with.</summary>
    IReadOnlyList<string> Packages { get; }

    /// <summary>Runs it. Progress goes to <paramref name="log"/>, a line at a time.</summary>
    Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation);
}
