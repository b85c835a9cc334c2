using System.Globalization;
using System.Text.Json;
using InferenceBridge.Benchmarks;

IBenchmark[] benchmarks = [new TransportBenchmark(), new NonLocalMeansBenchmark(), new RichardsonLucyBenchmark()];
if (args is ["echo"])
{
    await RawEcho.ServeAsync();
    return 0;
}

if (args.Contains("--list"))
{
    foreach (var listed in benchmarks)
    {
        Console.WriteLine($"{listed.Name,-18}{listed.Summary}");
    }

    return 0;
}

var benchmark = benchmarks.FirstOrDefault(candidate => args.Contains(candidate.Name));
if (benchmark is null)
{
    Console.Error.WriteLine($"Usage: bash benchmarks/run.sh NAME [--json]; NAME is one of {string.Join(", ", benchmarks.Select(b => b.Name))}.");
    return 2;
}

var figures = await benchmark.RunAsync(Console.Error);
if (args.Contains("--json"))
{
    Console.WriteLine(JsonSerializer.Serialize(figures));
}
else
{
    foreach (var (name, value) in figures)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40}{value:0.####}"));
    }
}

return 0;
