using System.CommandLine;
using System.Globalization;
using InferenceBridge.Client;
using InferenceBridge.Server;

namespace InferenceBridge.Cli;

/// <summary>ib top: what a server is doing, until Ctrl-C.</summary>
internal static class TopCommand
{
    public static Command Create()
    {
        var server = new Option<string>("--server")
        {
            Description = "Address of the server: http://HOST:PORT or unix:/PATH.", HelpName = "URL",
            DefaultValueFactory = _ => new InferenceServerOptions().Urls,
        };
        var interval = new Option<double>("--interval")
        {
            Description = "Seconds between two looks (0.1 to 3600).", HelpName = "SECONDS", DefaultValueFactory = _ => 1,
        };
        var once = new Option<bool>("--once") { Description = "Look once and end." };
        var json = new Option<bool>("--json") { Description = "Print JSON: one object with --once, else one object a line." };
        var command = new Command("top",
            "Show the devices and jobs of a running server until Ctrl-C. A terminal is redrawn in place; elsewhere one report follows another.")
        {
            server, interval, once, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var pause = Interval(parsed.GetValue(interval));
            var streams = parsed.InvocationConfiguration;
            var address = parsed.GetRequiredValue(server);

            // A look that fails is not worth a wait: the next one follows anyway.
            await using var client = InferenceBridgeClient.Connect(address, new InferenceBridgeClientOptions { Retry = new RetryOptions { MaxAttempts = 1 } });
            try
            {
                if (parsed.GetValue(once))
                {
                    var status = await client.GetStatusAsync(cancellation);
                    streams.Output.Write(parsed.GetValue(json) ? $"{JsonOutput.Format(TopReport.ToJson(status))}\n" : TopReport.ToText(address, status));
                    return ExitCode.Done;
                }

                using var display = TopDisplay.Create(streams.Output, streams.Error, address, parsed.GetValue(json));
                await WatchAsync(client, display, pause, cancellation);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                // Ctrl-C is how people end it: nothing was broken off.
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Goes on after the server was lost, as a restart would; but a server must have been there to begin with.</summary>
    private static async Task WatchAsync(InferenceBridgeClient client, TopDisplay display, TimeSpan interval, CancellationToken cancellation)
    {
        var wasThere = false;
        while (true)
        {
            try
            {
                await foreach (var status in client.WatchAsync(interval, cancellation))
                {
                    wasThere = true;
                    display.Show(status);
                }

                display.ShowLost($"The server at {client.Address} is stopping.");
            }
            catch (InferenceException e) when (wasThere && e.Error is InferenceError.ServerUnreachable or InferenceError.ServerStopping)
            {
                display.ShowLost(e.Message);
            }

            await Task.Delay(interval, cancellation);
        }
    }

    private static TimeSpan Interval(double seconds) => seconds is >= 0.1 and <= 3600
        ? TimeSpan.FromSeconds(seconds)
        : throw new InferenceException(InferenceError.UsageInvalid, "interval",
            string.Create(CultureInfo.InvariantCulture, $"--interval is {seconds}; accepted: 0.1 to 3600 seconds."));
}
