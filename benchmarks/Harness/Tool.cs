using System.Diagnostics;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>Programs that prepare a benchmark.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end; its output goes to standard error.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        Console.Error.Write(process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with code {process.ExitCode}.");
        }
    }
}
