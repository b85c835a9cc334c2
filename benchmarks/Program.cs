using InferenceBridge.Benchmarks;
using InferenceBridge.Benchmarks.Deconvolution;
using InferenceBridge.Benchmarks.Denoising;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Benchmarks.Memory;
using InferenceBridge.Benchmarks.Transport;

const string Help = """
    Usage: bash benchmarks/run.sh NAME [--json] [--report FILE]

    Runs one benchmark, what it is compared with in the same run, and prints its figures and whether they meet the targets.

      --json          end standard output with one line: an object of named numbers
      --report FILE   also write the figures, the machine and the versions to a file
      --list          name all benchmarks
      --help          this text

    Benchmarks:
    """;
const int Usage = 2;

using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interruption.Cancel();
};

switch (args)
{
    case ["--list"]:
        foreach (var benchmark in BenchmarkList.All)
        {
            Console.WriteLine(benchmark.Name);
        }

        return 0;
    case ["--help" or "-h"]:
        Console.WriteLine(Help);
        foreach (var benchmark in BenchmarkList.All)
        {
            Console.WriteLine($"  {benchmark.Name,-23} {benchmark.Summary}");
        }

        return 0;
    case ["--packages", var name]:
        Console.WriteLine(string.Join(' ', BenchmarkList.Find(name)?.Packages ?? []));
        return 0;
    case ["--echo"]:
        await EchoServer.RunAsync();
        return 0;
    case [StreamClient.Argument, var address, var operation, var planes, var edge]:
        await StreamClient.RunAsync(address, operation, planes, edge);
        return 0;
    case [DenoisingPeak.Argument, var method, var size]:
        DenoisingPeak.Run(method, size);
        return 0;
    case [DeconvolutionPeak.Argument, var shape, var edges, var acceleration]:
        DeconvolutionPeak.Run(shape, edges, acceleration);
        return 0;
    case [var name, .. var options]:
        return await RunAsync(name, options);
    default:
        return Refuse("no benchmark is named");
}

async Task<int> RunAsync(string name, string[] options)
{
    if (BenchmarkList.Find(name) is not { } benchmark)
    {
        return Refuse($"{name} is not a benchmark");
    }

    var (json, report) = (false, default(string));
    for (var i = 0; i < options.Length; i++)
    {
        switch (options[i])
        {
            case "--json":
                json = true;
                break;
            case "--report" when i + 1 < options.Length:
                report = options[++i];
                break;
            default:
                return Refuse($"option {options[i]} is not known or lacks its value; accepted: --json, --report FILE");
        }
    }

    var machine = Machine.Current();
    try
    {
        var writer = new ReportWriter(benchmark, machine, await benchmark.RunAsync(Console.Error.WriteLine, interruption.Token));
        writer.WriteText(Console.Out);
        if (report is not null)
        {
            writer.WriteFile(report);
        }

        if (json)
        {
            Console.WriteLine(writer.ToJson());
        }

        return 0;
    }
    catch (OperationCanceledException) when (interruption.IsCancellationRequested)
    {
        return 130;
    }
}

int Refuse(string fault)
{
    Console.Error.WriteLine($"{fault}; benchmarks: {string.Join(", ", BenchmarkList.All.Select(benchmark => benchmark.Name))}");
    return Usage;
}
