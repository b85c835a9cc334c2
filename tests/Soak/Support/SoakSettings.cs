using System.Globalization;

namespace InferenceBridge.Soak.Support;

/// <summary>How long and with which random numbers; run.sh sets the environment variables.</summary>
internal sealed record SoakSettings(TimeSpan Duration, int Seed, string? ReportPath)
{
    public static SoakSettings FromEnvironment() => new(
        TimeSpan.FromMinutes(double.Parse(Read("IB_SOAK_MINUTES") ?? "2", CultureInfo.InvariantCulture)),
        int.Parse(Read("IB_SOAK_SEED") ?? "1", CultureInfo.InvariantCulture),
        Read("IB_SOAK_REPORT"));

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
