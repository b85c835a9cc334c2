using InferenceBridge.Benchmarks.Deconvolution;
using InferenceBridge.Benchmarks.Denoising;
using InferenceBridge.Benchmarks.Transport;

namespace InferenceBridge.Benchmarks;

/// <summary>All benchmarks; a new one is added here.</summary>
internal static class BenchmarkList
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new TransportBenchmark(),
        new NonLocalMeansBenchmark(),
        new RichardsonLucyBenchmark(),
    ];

    public static IBenchmark? Find(string name) => All.FirstOrDefault(benchmark => benchmark.Name == name);
}
