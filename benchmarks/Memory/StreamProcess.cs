using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace InferenceBridge.Benchmarks.Memory;

/// <summary>Starts <see cref="StreamClient"/> in a process of its own.</summary>
internal static class StreamProcess
{
    /// <summary>Runs one operation on a generated volume and returns what the child saw.</summary>
    public static async Task<StreamOutcome> RunAsync(string address, string operation, int planes, int edge, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!,
            [StreamClient.Argument, address, operation, Text(planes), Text(edge)]) { RedirectStandardOutput = true })!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<StreamOutcome>(output)!
                : throw new InvalidOperationException($"The client ended with {process.ExitCode}; what it said is above.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
