using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Server;

namespace InferenceBridge.Benchmarks.Transport;

/// <summary>The server, in a process of its own.</summary>
internal static class ServerProcess
{
    /// <summary>The child's part: serves until the parent is gone.</summary>
    public static async Task RunAsync(string urls)
    {
        await using var host = await InferenceServerHost.StartAsync(new InferenceServerOptions { Urls = urls });
        foreach (var address in host.Addresses)
        {
            ChildProcess.Announce(address);
        }

        await ChildProcess.ParentGoneAsync();
    }

    /// <summary>The parent's part.</summary>
    public static Task<ChildProcess> StartAsync(IReadOnlyList<string> urls, CancellationToken cancellation) =>
        ChildProcess.StartAsync(urls.Count, ["--serve", string.Join(';', urls)], cancellation);
}
