using System.CommandLine;
using InferenceBridge.Server;

namespace InferenceBridge.Cli;

/// <summary>ib serve: the server, until a signal comes.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string[]>("--urls")
        {
            Description = "Address to listen on: http://HOST:PORT (port 0 takes a free one) or unix:/PATH; may be repeated. "
                + "Default: that of the configuration, else http://127.0.0.1:50051.",
            HelpName = "URL",
        };
        var config = new Option<string?>("--config")
        {
            Description = "JSON file with a section \"InferenceBridge\". Environment variables INFERENCEBRIDGE__NAME win over it, and --urls over both.",
            HelpName = "FILE",
        };
        var verbose = CommonOptions.Verbose();
        var command = new Command("serve",
            "Run the server until Ctrl-C or SIGTERM; running jobs then get time to end. Jobs are logged on standard error with --verbose.")
        {
            urls, config, verbose,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var addresses = parsed.GetValue(urls) is { Length: > 0 } given ? string.Join(';', given) : null;
            var options = InferenceServerOptions.Load(parsed.GetValue(config), addresses);
            await using var host = await InferenceServerHost.StartAsync(
                options, parsed.GetValue(verbose) ? StandardErrorLog.Configure : null, cancellation);
            await ServeAsync(host, parsed.InvocationConfiguration.Output, cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task ServeAsync(InferenceServerHost host, TextWriter output, CancellationToken cancellation)
    {
        foreach (var address in host.Addresses)
        {
            await output.WriteLineAsync($"Listening on {address}");
        }

        if (host.MetricsAddress is { } metrics)
        {
            await output.WriteLineAsync($"Metrics at {metrics}");
        }

        await output.WriteLineAsync($"Device: {host.Device} ({host.DeviceName})");
        await output.FlushAsync(CancellationToken.None);
        await host.Completion.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await host.StopAsync(CancellationToken.None);
    }
}
