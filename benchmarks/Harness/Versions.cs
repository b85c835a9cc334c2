using System.Reflection;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>Versions of our side.</summary>
internal static class Versions
{
    public static string InferenceBridge { get; } =
        typeof(Server.InferenceServerHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Ours, then those of a peer.</summary>
    public static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string>? peer = null)
    {
        var versions = new Dictionary<string, string> { ["InferenceBridge"] = InferenceBridge };
        foreach (var (name, version) in peer ?? new Dictionary<string, string>())
        {
            versions[name] = version;
        }

        return versions;
    }
}
