using System.Reflection;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>The server that users start, in a process of its own.</summary>
internal static class ServerProcess
{
    /// <summary>Folder of the checkout.</summary>
    public static string RepositoryRoot { get; } = typeof(ServerProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <param name="cancellation">Gives up waiting for it.</param>
    /// <param name="urls">Addresses to listen on, separated by semicolons.</param>
    /// <param name="addresses">How many they are.</param>
    public static Task<ChildProcess> StartAsync(
        CancellationToken cancellation, string urls = "http://127.0.0.1:0", int addresses = 1) =>
        ChildProcess.StartAsync(Path.Combine(RepositoryRoot, "ib"), ["serve", "--urls", urls], addresses, cancellation);
}
