using System.Collections.Concurrent;

namespace InferenceBridge.Fuzzing.Campaigns;

/// <summary>A case that failed.</summary>
/// <param name="Seed">Seed of the campaign.</param>
/// <param name="Number">Number of the case.</param>
/// <param name="Result">How it failed.</param>
/// <param name="Text">The exception, or how the process ended.</param>
/// <param name="File">Where the case's file is kept.</param>
internal sealed record FuzzFailure(ulong Seed, long Number, CaseResult Result, string Text, string File)
{
    public override string ToString() => $"seed {Seed} case {Number}: {Result}: {Text}\n  file: {File}";
}

/// <summary>What came of a campaign.</summary>
internal sealed class FuzzReport
{
    private readonly long[] _counts = new long[Enum.GetValues<CaseResult>().Length];

    public ConcurrentQueue<FuzzFailure> Failures { get; } = [];

    public TimeSpan Elapsed { get; set; }

    /// <summary>Cases that ended, however.</summary>
    public long Cases => _counts.Sum();

    public long Count(CaseResult result) => Interlocked.Read(ref _counts[(int)result]);

    public void Add(CaseResult result) => Interlocked.Increment(ref _counts[(int)result]);

    public override string ToString() =>
        $"{Cases} cases in {Elapsed.TotalSeconds:F1} s ({Cases / Math.Max(Elapsed.TotalSeconds, 1e-3):F0} a second): "
        + $"{Count(CaseResult.Read)} read, {Count(CaseResult.Refused)} refused, {Failures.Count} failed";
}
