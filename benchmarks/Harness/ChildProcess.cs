using System.Diagnostics;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>A server in a process of its own, which says "Listening on ADDRESS" for each address.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const string Prefix = "Listening on ";

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>What the child listens on.</summary>
    public List<string> Addresses { get; } = [];

    public int Id => _process.Id;

    /// <summary>Starts a child and waits until it listens on as many addresses as it should.</summary>
    public static async Task<ChildProcess> StartAsync(
        string file, IEnumerable<string> arguments, int addresses, CancellationToken cancellation)
    {
        var child = new ChildProcess(Process.Start(
            new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!);
        try
        {
            await child.WaitAsync(addresses, cancellation);
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>What a child that is this program calls to say where it listens.</summary>
    public static void Announce(string address) => Console.WriteLine($"{Prefix}{address}");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task WaitAsync(int addresses, CancellationToken cancellation)
    {
        while (Addresses.Count < addresses)
        {
            var line = await _process.StandardOutput.ReadLineAsync(cancellation)
                ?? throw new InvalidOperationException("The server ended before it listened; what it said is above.");
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                Addresses.Add(line[Prefix.Length..].Split(' ')[0]);
            }
        }

        // A full pipe would stop the child.
        _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }
}
