using System.Diagnostics;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;
using InferenceBridge.Imaging;
using InferenceBridge.Server;

namespace InferenceBridge.Benchmarks.Denoising;

/// <summary>
/// denoise/nlm, in this process and through a server on a Unix socket, against scikit-image's denoise_nl_means(fast_mode=True).
/// </summary>
internal sealed class NonLocalMeansBenchmark : IBenchmark
{
    private static readonly NonLocalMeansCase[] Cases =
    [
        new("2d", new(1, 512, 512), PatchSize: 5, Distance: 6, Rounds: 9),
        new("3d", new(32, 256, 256), PatchSize: 3, Distance: 3, Rounds: 5),
    ];

    public string Name => "nlm";

    public string Summary => "denoise/nlm against scikit-image's denoise_nl_means(fast_mode=True), 2-D 512x512 and 3-D 32x256x256";

    public IReadOnlyList<string> Packages => ["python3-skimage"];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("ib-benchmark-");
        try
        {
            await using var server = await InferenceServerHost.StartAsync(
                new InferenceServerOptions { Urls = $"unix:{folder.FullName}/server.sock", Device = "cpu" }, cancellation: cancellation);
            await using var client = InferenceBridgeClient.Connect(server.Addresses[0]);
            var figures = new List<Figure>();
            IReadOnlyDictionary<string, string> versions = Versions.With();
            foreach (var setting in Cases)
            {
                using var image = TestImage.Create(setting.Shape);
                using var file = new RawFile(image.ToSingles());
                using var theirs = PeerProcess.Start("nlm.py", file.Path, TestImage.Text(setting.Shape), setting.PatchSize, setting.Distance,
                    NonLocalMeansCase.Strength, NonLocalMeansCase.Noise);
                using var ours = new InProcessOperation("denoise/nlm", setting.Parameters, image, new Dictionary<string, MemoryVolume>());
                async Task<double> EndToEndAsync()
                {
                    var start = Stopwatch.GetTimestamp();
                    await client.RunAsync(image, setting.Request, cancellation: cancellation);
                    return Stopwatch.GetElapsedTime(start).TotalSeconds;
                }

                figures.AddRange(await CompareAsync(setting, ours, EndToEndAsync, theirs, log));
                versions = Versions.With(theirs.Versions);
            }

            return new BenchmarkResult(figures, [new("nlm_2d_speedup", 2), new("nlm_3d_speedup", 2)])
            {
                Versions = versions,
                Notes = ["Ours uses all cores, scikit-image one: that is how each runs by default. scikit-image takes the exponential from a "
                    + "table of lines."],
            };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IEnumerable<Figure>> CompareAsync(
        NonLocalMeansCase setting, InProcessOperation ours, Func<Task<double>> endToEndAsync, PeerProcess theirs, Action<string> log)
    {
        var name = $"nlm_{setting.Dimensions}";
        var (our, served, their) = (new Samples($"{name}_ours_s", "s"), new Samples($"{name}_end_to_end_s", "s"), new Samples($"{name}_skimage_s", "s"));
        log($"{setting.Dimensions}: warming up");
        ours.Run();
        await endToEndAsync();
        theirs.Run();
        var difference = TestImage.LargestDifference(ours.Result, theirs.Result());
        for (var round = 1; round <= setting.Rounds; round++)
        {
            our.Add(ours.Run());
            served.Add(await endToEndAsync());
            their.Add(theirs.Run());
            log($"{setting.Dimensions} round {round} of {setting.Rounds}: ours {our.Last:0.000} s, through the server {served.Last:0.000} s, scikit-image {their.Last:0.000} s");
        }

        return
        [
            .. our.Figures(), .. served.Figures(), .. their.Figures(),
            new($"{name}_speedup", their.RatioTo(our)), new($"{name}_end_to_end_speedup", their.RatioTo(served)),
            new($"{name}_largest_difference_of_range", difference), new($"{name}_rounds", setting.Rounds),
        ];
    }
}
