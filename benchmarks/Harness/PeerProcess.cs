using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>A peer that stays loaded in a process of its own and runs when it is told to; see peers/resident.py.</summary>
internal sealed class PeerProcess : IDisposable
{
    // Debian's Python, which its packages belong to, whatever else may come first in PATH.
    private const string Python = "/usr/bin/python3";

    private readonly Process _process;

    private PeerProcess(Process process, IReadOnlyDictionary<string, string> versions) => (_process, Versions) = (process, versions);

    public IReadOnlyDictionary<string, string> Versions { get; }

    /// <param name="script">File in peers/.</param>
    /// <param name="arguments">Its arguments; numbers in the invariant culture.</param>
    public static PeerProcess Start(string script, params IEnumerable<object> arguments)
    {
        var texts = arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!);
        var path = Path.Combine(AppContext.BaseDirectory, "peers", script);
        return StartProgram(Python, ["-B", path, .. texts]);
    }

    /// <summary>Starts a program that speaks as peers/resident.py does.</summary>
    public static PeerProcess StartProgram(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        try
        {
            return new PeerProcess(process, JsonSerializer.Deserialize<Dictionary<string, string>>(ReadLine(process))!);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Runs the peer once; seconds by its own clock.</summary>
    public double Run() => double.Parse(Ask("run"), CultureInfo.InvariantCulture);

    /// <summary>The last result, X fastest.</summary>
    public float[] Result()
    {
        var path = Path.GetTempFileName();
        try
        {
            Ask($"save {path}");
            return RawFile.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public void Dispose()
    {
        // It ends with its input.
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Ask(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
        return ReadLine(_process);
    }

    private static string ReadLine(Process process) => process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException("The peer ended; what it said is above.");
}
