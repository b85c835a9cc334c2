namespace InferenceBridge.Soak.Support;

/// <summary>`ib serve` as a process of its own, with a scratch folder of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Prefix = "Listening on ";

    private readonly ToolProcess _process;
    private readonly DirectoryInfo _scratch;

    private ServerProcess(ToolProcess process, DirectoryInfo scratch, string address) =>
        (_process, _scratch, Address) = (process, scratch, address);

    /// <summary>"http://127.0.0.1:PORT".</summary>
    public string Address { get; }

    public int Id => _process.Id;

    public int Port => new Uri(Address).Port;

    public static async Task<ServerProcess> StartAsync(CancellationToken cancellation, params (string Name, long Value)[] settings)
    {
        var scratch = Directory.CreateTempSubdirectory("ib-soak-");
        var environment = settings.ToDictionary(
            setting => $"INFERENCEBRIDGE__{setting.Name.ToUpperInvariant()}", setting => setting.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        environment["INFERENCEBRIDGE__SCRATCHDIRECTORY"] = scratch.FullName;
        var process = ToolProcess.Start(ToolProcess.Tool, ["serve", "--urls", "http://127.0.0.1:0"], environment);
        while (await process.Output.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                // A full pipe would stop the server.
                _ = process.Output.ReadToEndAsync(CancellationToken.None);
                return new ServerProcess(process, scratch, line[Prefix.Length..]);
            }
        }

        using (process)
        {
            scratch.Delete();
            throw new InvalidOperationException($"The server ended before it listened: {process.Errors}");
        }
    }

    public Vitals Measure()
    {
        Assert.False(_process.HasExited, $"The server died: {_process.Errors}");
        return Vitals.Of(_process.Id, _scratch.FullName);
    }

    public void Dispose()
    {
        _process.Dispose();
        _scratch.Delete(recursive: true);
    }
}
