using InferenceBridge.Benchmarks.Autofocus;
using InferenceBridge.Benchmarks.Clients;
using InferenceBridge.Benchmarks.Concurrency;
using InferenceBridge.Benchmarks.Deconvolution;
using InferenceBridge.Benchmarks.Denoising;
using InferenceBridge.Benchmarks.Memory;
using InferenceBridge.Benchmarks.Networks;
using InferenceBridge.Benchmarks.Overhead;
using InferenceBridge.Benchmarks.Overlap;
using InferenceBridge.Benchmarks.Registration;
using InferenceBridge.Benchmarks.Training;
using InferenceBridge.Benchmarks.Transport;

namespace InferenceBridge.Benchmarks;

/// <summary>All benchmarks; a new one is added here.</summary>
internal static class BenchmarkList
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new TransportBenchmark(),
        new ClientsBenchmark(),
        new MemoryBenchmark(),
        new OverlapBenchmark(),
        new OverheadBenchmark(),
        new ConcurrencyBenchmark(),
        new NonLocalMeansBenchmark(),
        new RichardsonLucyBenchmark(RichardsonLucyBenchmark.Sizes.Usual),
        new RichardsonLucyBenchmark(RichardsonLucyBenchmark.Sizes.Small),
        new RichardsonLucyBenchmark(RichardsonLucyBenchmark.Sizes.Largest),
        new DeconvolutionQualityBenchmark(),
        new DenoisingQualityBenchmark(),
        new TorchStepBenchmark(),
        new NetworksSpeedBenchmark(),
        new FrameStreamBenchmark(),
        new RegistrationSpeedBenchmark(),
        new RegistrationQualityBenchmark(),
        new AutofocusStackBenchmark(),
        new AutofocusQualityBenchmark(),
        new AutofocusLoopBenchmark(),
        new AutofocusSpeedBenchmark(),
    ];

    public static IBenchmark? Find(string name) => All.FirstOrDefault(benchmark => benchmark.Name == name);
}
