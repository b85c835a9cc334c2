using InferenceBridge.Server;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Cli;

/// <summary>
/// The server in this process, on a Unix socket in a folder that only this user may enter. Settings come from environment
/// variables as for any other server.
/// </summary>
internal sealed class EmbeddedServer : IAsyncDisposable
{
    // sockaddr_un holds 108 bytes with the closing zero.
    private const int LongestSocketPath = 107;
    private const string SocketName = "ib.sock";

    private readonly InferenceServerHost _host;
    private readonly DirectoryInfo _folder;

    private EmbeddedServer(InferenceServerHost host, DirectoryInfo folder) => (_host, _folder) = (host, folder);

    public string Address => _host.Addresses[0];

    public static async Task<EmbeddedServer> StartAsync(Action<ILoggingBuilder>? configureLogging, CancellationToken cancellation)
    {
        var folder = CreateFolder();
        try
        {
            // Its only client is this process: there is nobody to wait for when it ends.
            var options = InferenceServerOptions.Load() with
            {
                Urls = $"unix:{Path.Combine(folder.FullName, SocketName)}", ShutdownGraceSeconds = 0, MetricsUrl = "",
            };
            return new EmbeddedServer(await InferenceServerHost.StartAsync(options, configureLogging, cancellation), folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static DirectoryInfo CreateFolder()
    {
        // Mode 700, made by the system in one step.
        var folder = Directory.CreateTempSubdirectory("ib-");
        if (System.Text.Encoding.UTF8.GetByteCount(Path.Combine(folder.FullName, SocketName)) <= LongestSocketPath)
        {
            return folder;
        }

        folder.Delete();
        throw new InferenceException(InferenceError.AddressUnavailable, "TMPDIR",
            $"The temporary folder {folder.Parent} has too long a path for a Unix socket; accepted: a TMPDIR of at most 80 bytes.");
    }
}
