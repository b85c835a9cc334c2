using System.Diagnostics;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Overhead;

/// <summary>What server, protocol and SDK add to the computing itself.</summary>
internal sealed class OverheadBenchmark : IBenchmark
{
    private const int Iterations = 20;
    private const int Rounds = 5;
    private const string Operation = "deconvolve/richardson-lucy";
    private const int PsfSize = 15;
    private const double PsfSigma = 2;

    private static readonly VolumeShape Shape = new(64, 512, 512);

    public string Name => "overhead";

    public string Summary => "a job through SDK and server over the same computing in one process: 64x512x512 float32, 20 Richardson-Lucy iterations";

    public IReadOnlyList<string> Packages => [];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        using var image = TestImage.Create(Shape);
        using var psf = TestImage.GaussianPsf(PsfSize, PsfSigma);
        using var server = await ServerProcess.StartAsync(cancellation);
        await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
        using var alone = new InProcessOperation(Operation, new Dictionary<string, object> { ["iterations"] = (long)Iterations },
            image, new Dictionary<string, MemoryVolume> { ["psf"] = psf });
        var request = new RunRequest(Operation)
        {
            Parameters = new Dictionary<string, ParameterValue> { ["iterations"] = (long)Iterations },
            Auxiliaries = new Dictionary<string, IVolumeReader> { ["psf"] = psf },
        };

        log("warming up, and comparing every voxel");
        alone.Run();
        var (_, first) = await RunAsync(client, image, request, cancellation);
        if (!first.Volume.ToSingles().SequenceEqual(alone.Result))
        {
            throw new InvalidDataException("The server's result differs from that of the same computing in this process.");
        }

        var (through, inProcess, compute) = (new Samples("end_to_end_s", "s"), new Samples("in_process_s", "s"), new Samples("server_compute_s", "s"));
        var (serverCpu, inProcessCpu) = (new Samples("server_processor_s", "s"), new Samples("in_process_processor_s", "s"));
        for (var round = 1; round <= Rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = ProcessTime.Seconds(Environment.ProcessId);
            inProcess.Add(alone.Run());
            inProcessCpu.Add(ProcessTime.Seconds(Environment.ProcessId) - before);
            before = ProcessTime.Seconds(server.Id);
            var (seconds, result) = await RunAsync(client, image, request, cancellation);
            serverCpu.Add(ProcessTime.Seconds(server.Id) - before);
            through.Add(seconds);
            compute.Add(result.Summary.ComputeSeconds);
            log($"round {round} of {Rounds}: in process {inProcess.Last:0.00} s, through the server {through.Last:0.00} s; "
                + $"processor time {inProcessCpu.Last:0.00} s, in the server {serverCpu.Last:0.00} s");
        }

        return new BenchmarkResult(
            [
                .. through.Figures(), .. inProcess.Figures(), .. compute.Figures(),
                .. serverCpu.Figures(), .. inProcessCpu.Figures(),
                new("overhead_ratio", through.Median / inProcess.Median), new("overhead_ratio_by_round", through.RatioTo(inProcess)),
                new("iterations", Iterations), new("rounds", Rounds),
            ],
            [new("overhead_ratio", AtMost: 1.10)])
        {
            Versions = Versions.With(),
            Notes =
            [
                $"PSF {PsfSize}x{PsfSize}x{PsfSize}, padded edges. End to end is from an image in memory to a result in memory, over TCP "
                    + "loopback; in process is from tensor to tensor. Both compute on all cores and give the same voxels. The ratio is that of the medians.",
            ],
        };
    }

    private static async Task<(double Seconds, RunResult Result)> RunAsync(
        InferenceBridgeClient client, MemoryVolume image, RunRequest request, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await client.RunAsync(image, request, cancellation: cancellation);
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, result);
    }
}
