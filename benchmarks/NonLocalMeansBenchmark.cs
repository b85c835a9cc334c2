using System.Globalization;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks;

/// <summary>denoise/nlm against scikit-image's denoise_nl_means(fast_mode=True) with the same parameters.</summary>
internal sealed class NonLocalMeansBenchmark : IBenchmark
{
    public string Name => "nlm";

    public string Summary => "denoise/nlm against scikit-image's fast mode, 2-D 512x512 and 3-D 32x256x256; targets: 2 times as fast";

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(TextWriter log)
    {
        var figures = new Dictionary<string, double>();
        await AddAsync(figures, "2d", new VolumeShape(1, 512, 512), patchSize: 5, patchDistance: 6, rounds: 7, log);
        await AddAsync(figures, "3d", new VolumeShape(32, 256, 256), patchSize: 3, patchDistance: 3, rounds: 3, log);
        return figures;
    }

    private static async Task AddAsync(
        Dictionary<string, double> figures, string dimensions, VolumeShape shape, long patchSize, long patchDistance, int rounds, TextWriter log)
    {
        const double h = 0.04;
        const double sigma = 0.05;
        var folder = Directory.CreateTempSubdirectory("ib-benchmark-").FullName;
        try
        {
            var image = TestImage.Create(shape.Depth, shape.Height, shape.Width);
            var output = Path.Combine(folder, "theirs.f32");
            string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
            using var theirs = new PythonPeer("nlm.py", TestImage.Save(folder, "image.f32", image), output,
                shape.Depth == 1 ? $"{shape.Height}x{shape.Width}" : $"{shape.Depth}x{shape.Height}x{shape.Width}",
                Text(patchSize), Text(patchDistance), Text(h), Text(sigma));
            using var ours = new OperationRun("denoise/nlm", image, shape, new()
            {
                ["dimensions"] = dimensions,
                ["patch_size"] = patchSize,
                ["patch_distance"] = patchDistance,
                ["h"] = h,
                ["sigma"] = sigma,
                ["weights"] = "box",
            }, []);
            var (our, their, _) = await Rounds.MeasureAsync(rounds, ours.SecondsAsync, theirs.RunAsync, log);
            figures[$"nlm_{dimensions}_ours_s"] = our;
            figures[$"nlm_{dimensions}_skimage_s"] = their;
            figures[$"nlm_{dimensions}_speedup"] = their / our;
            figures[$"nlm_{dimensions}_largest_difference_of_range"] = TestImage.LargestDifference(output, ours.Result);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
