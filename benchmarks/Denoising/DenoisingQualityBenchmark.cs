using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Benchmarks.Denoising;

/// <summary>Quality and cost of every denoising operation, beside scikit-image's.</summary>
internal sealed class DenoisingQualityBenchmark : IBenchmark
{
    private const int CostRounds = 3;

    // Measured elsewhere with scikit-image on the noisy frames themselves: ours has to say the same before it says anything else.
    private const double NoisyPsnr = 19.37;
    private const double NoisySsim = 0.240;
    private const double LeastPsnr = 32.3;
    private const double LeastSsim = 0.855;

    private static readonly string[] Networks = ["rauden", "rauden_lite"];

    public string Name => "denoising-quality";

    public string Summary => "PSNR, SSIM, seconds and memory of every denoising: W2S, FMD, simulated stacks at four noise levels, a movie of lysosomes";

    public IReadOnlyList<string> Packages => ["python3-skimage"];

    public Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        var (figures, targets) = (new List<Figure>(), new List<Target>());
        var data = Path.Combine(Environment.GetEnvironmentVariable("INFERENCEBRIDGE_DATA") ?? "../shared/data", "denoise");
        var catalog = DenoisingMethod.Catalog(ServerProcess.RepositoryRoot, log);
        var methods = DenoisingMethod.All(catalog);
        IReadOnlyDictionary<string, string> peers = new Dictionary<string, string>();
        Cost(catalog, methods, figures, log, cancellation);
        foreach (var set in Sets(data, log, cancellation))
        {
            Measure(set, "noisy", noisy => noisy, figures, log, cancellation);
            foreach (var method in methods.Where(method => !method.ComparesSlices || set.Pairs[0].Noisy.Info.Shape.Depth > 1))
            {
                Measure(set, method.Name, noisy => method.Run(catalog, noisy), figures, log, cancellation);
            }

            peers = DenoisingPeers.Run(set, figures, log, cancellation);
            Draw(set, catalog, methods);
        }

        Movies(Path.Combine(data, "lysosome"), catalog, methods, figures, log, cancellation);
        if (figures.Any(figure => figure.Name == "w2s_noisy_psnr") && Environment.GetEnvironmentVariable("INFERENCEBRIDGE_IMAGES") is null)
        {
            targets.AddRange([new("w2s_noisy_psnr", NoisyPsnr - 0.01, NoisyPsnr + 0.01), new("w2s_noisy_ssim", NoisySsim - 0.001, NoisySsim + 0.001)]);
            foreach (var network in Networks.Where(network => methods.Any(method => method.Name == network)))
            {
                targets.AddRange([new($"w2s_{network}_psnr", LeastPsnr), new($"w2s_{network}_ssim", LeastSsim)]);
            }
        }

        return Task.FromResult(new BenchmarkResult(figures, targets)
        {
            Versions = Versions.With(peers),
            Notes =
            [
                "PSNR and SSIM after a least-squares gain and offset, means over images; SSIM with a Gaussian window of sigma 1.5. W2S: fields 049-060, range 255. FMD: range 255, "
                    + "channels of a colour picture one by one. Simulated: tubules, 16x192x192, by photons in the brightest voxel, against the blurred specimen.",
                "gaussian: sigma 1.5 px; median: radius 2 px; the others with their defaults. Peers get the noise law that ours estimates and work on the generalised Anscombe transform.",
                "Lysosomes: standard deviation of the difference of successive frames over the movie's mean, and their correlation; nothing clean is known.",
                "Cost: 4x512x512 in one process, the pass that estimates the noise included; memory is what a fresh process's peak rises by, image and result included.",
            ],
        });
    }

    private static IEnumerable<DenoisingSet> Sets(string data, Action<string> log, CancellationToken cancellation)
    {
        if (Directory.Exists(data))
        {
            yield return DenoisingSet.W2s(Path.Combine(data, "w2s"));
            yield return DenoisingSet.Fmd(Path.Combine(data, "fmd"));
        }
        else
        {
            log($"{data} is missing: real images are left out (INFERENCEBRIDGE_DATA names the folder of the data)");
        }

        foreach (var set in DenoisingSet.Simulated(cancellation))
        {
            yield return set;
        }
    }

    private static void Measure(
        DenoisingSet set, string name, Func<MemoryVolume, MemoryVolume> method, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        var (psnr, ssim) = set.Score(method, cancellation);
        figures.AddRange([new($"{set.Name}_{name}_psnr", psnr, "dB"), new($"{set.Name}_{name}_ssim", ssim)]);
        log($"{set.Name}, {name}: {psnr:0.00} dB, {ssim:0.000}");
    }

    private static void Cost(OperationCatalog catalog, IReadOnlyList<DenoisingMethod> methods, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        using var image = TestImage.Create(new VolumeShape(4, 512, 512));
        foreach (var method in methods)
        {
            using var operation = method.Operation(catalog, image);
            var seconds = new Samples($"{method.Name}_seconds_per_megavoxel", "s");
            var bytes = DenoisingPeak.Measure(method.Name, image.Info.Shape);
            operation.Run();
            for (var round = 0; round < CostRounds; round++)
            {
                cancellation.ThrowIfCancellationRequested();
                seconds.Add(operation.Run() / (image.Info.Shape.ElementCount / 1e6));
            }

            var mebibytes = bytes / (double)(1 << 20) / (image.Info.Shape.ElementCount / 1e6);
            figures.AddRange([.. seconds.Figures(), new($"{method.Name}_mebibytes_per_megavoxel", mebibytes, "MiB")]);
            log($"{method.Name}: {seconds.Median:0.000} s and {mebibytes:0} MiB per megavoxel");
        }
    }

    private static void Movies(
        string folder, OperationCatalog catalog, IReadOnlyList<DenoisingMethod> methods, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        var movie = DenoisingSet.Plane(Path.Combine(folder, "1.tif"));
        Add("noisy", movie);
        List<PicturePanel> panels = [new(Frame(movie), "noisy")];
        foreach (var method in methods)
        {
            cancellation.ThrowIfCancellationRequested();
            var result = method.Run(catalog, movie);
            Add(method.Name, result);
            panels.Add(new PicturePanel(Frame(result), method.Name));
        }

        Save("denoising-lysosomes.png", panels);

        void Add(string name, MemoryVolume frames)
        {
            var statistics = FrameStatistics.Of(frames);
            figures.AddRange([new($"lysosome_{name}_difference", statistics.Difference), new($"lysosome_{name}_correlation", statistics.Correlation)]);
            log($"lysosomes, {name}: difference {statistics.Difference:0.000} of the mean, correlation {statistics.Correlation:0.000}");
        }
    }

    private static void Draw(DenoisingSet set, OperationCatalog catalog, IReadOnlyList<DenoisingMethod> methods)
    {
        var (noisy, clean) = set.Pairs[0];
        var shown = methods.Where(method => !method.ComparesSlices || noisy.Info.Shape.Depth > 1)
            .Select(method => new PicturePanel(Frame(method.Run(catalog, noisy)), method.Name));
        Save($"denoising-{set.Name}.png", new[] { new PicturePanel(Frame(noisy), "noisy") }.Concat(shown).Append(new PicturePanel(Frame(clean), "clean")));
    }

    // Drawing runs methods anew, so that nothing is done where no picture is wanted.
    private static void Save(string name, IEnumerable<PicturePanel> panels) => Pictures.Save(name, () => BeforeAfterPicture.Create([.. panels]));

    private static MemoryVolume Frame(MemoryVolume stack)
    {
        var (shape, middle) = (stack.Info.Shape, stack.Info.Shape.Depth / 2);
        var plane = (int)shape.PlaneElementCount;
        return MemoryVolume.FromSingles(stack.ToSingles().AsSpan(middle * plane, plane), new VolumeShape(1, shape.Height, shape.Width));
    }
}
