using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Internal;

/// <summary>What became of a job, as an entry for the result's file.</summary>
internal static class Provenance
{
    public static ProvenanceEntry Of(RunSummary summary, DateTimeOffset date) => new(summary.Operation, summary.OperationVersion, date)
    {
        Parameters = [.. summary.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value.ToString()))
            .Concat(summary.Details.OrderBy(pair => pair.Key, StringComparer.Ordinal))],
        WeightsSha256 = summary.WeightsSha256,
        Device = summary.Device,
        ServerVersion = summary.ServerVersion,
    };
}
