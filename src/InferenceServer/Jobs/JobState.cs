using InferenceBridge.Imaging;
using InferenceBridge.Server.Monitoring;

namespace InferenceBridge.Server.Jobs;

/// <summary>What is known of a running job, for progress messages and for the summary.</summary>
internal sealed class JobState(JobTelemetry telemetry, TimeProvider time)
{
    private readonly List<string> _warnings = [];

    public string Id => telemetry.Id;

    /// <summary>Tells the world outside.</summary>
    public JobTelemetry Telemetry => telemetry;

    public JobClock Clock { get; } = new(time);

    /// <summary>Device that really runs it.</summary>
    public string Device { get; set; } = "cpu";

    /// <summary>Tiles that have been computed.</summary>
    public long Tiles { get; set; }

    public long SaturatedVoxels { get; set; }

    public IntensityStatistics? ResultStatistics { get; set; }

    public IReadOnlyDictionary<string, object> EstimatedParameters { get; set; } = new Dictionary<string, object>();

    /// <summary>How the operation ran, by name.</summary>
    public Dictionary<string, string> Details { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Warnings => _warnings;

    public void Warn(string warning)
    {
        if (!_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }
}
