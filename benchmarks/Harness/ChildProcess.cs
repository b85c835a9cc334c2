using System.Diagnostics;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>This program again, in the part of a server. It ends when its standard input does.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const string Prefix = "Listening on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ChildProcess(Process process, IReadOnlyList<string> addresses) => (_process, Addresses) = (process, addresses);

    /// <summary>What the child listens on.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>Starts a child and waits until it listens on as many addresses as it should.</summary>
    public static async Task<ChildProcess> StartAsync(int addresses, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        var found = new List<string>();
        while (found.Count < addresses)
        {
            var line = await process.StandardOutput.ReadLineAsync(cancellation)
                ?? throw new InvalidOperationException("The server ended before it listened; what it said is above.");
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                found.Add(line[Prefix.Length..]);
            }
        }

        return new ChildProcess(process, found);
    }

    /// <summary>What the child calls to say where it listens.</summary>
    public static void Announce(string address) => Console.WriteLine($"{Prefix}{address}");

    /// <summary>What the child awaits before it ends.</summary>
    public static Task ParentGoneAsync() => Console.In.ReadToEndAsync();

    /// <summary>Seconds of processor time that the child has used.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
