using System.Reflection;

namespace InferenceBridge.Server;

/// <summary>Version of this server.</summary>
internal static class ServerVersion
{
    /// <summary>"major.minor.patch".</summary>
    public static string Text { get; } = typeof(ServerVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];
}
