using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks;

/// <summary>deconvolve/richardson-lucy against scikit-image's richardson_lucy, seconds per iteration, setup included.</summary>
internal sealed class RichardsonLucyBenchmark : IBenchmark
{
    private const int Iterations = 10;
    private const int PsfSize = 31;

    public string Name => "richardson-lucy";

    public string Summary => "deconvolve/richardson-lucy against scikit-image, 32x256x256, PSF 31^3; target: 1.8 times as fast per iteration";

    public async Task<IReadOnlyDictionary<string, double>> RunAsync(TextWriter log)
    {
        var shape = new VolumeShape(32, 256, 256);
        var image = TestImage.Create(shape.Depth, shape.Height, shape.Width);
        var psf = GaussianPsf();
        var folder = Directory.CreateTempSubdirectory("ib-benchmark-").FullName;
        try
        {
            using var theirs = new PythonPeer("richardson_lucy.py", TestImage.Save(folder, "image.f32", image),
                TestImage.Save(folder, "psf.f32", psf), "32x256x256", $"{PsfSize}", $"{Iterations}");
            var figures = new Dictionary<string, double>();
            foreach (var edges in new[] { "padded", "periodic" })
            {
                // The peer takes a PSF of 31 slices for 32; ours refuses larger ones only.
                using var ours = new OperationRun("deconvolve/richardson-lucy", image, shape,
                    new() { ["iterations"] = (long)Iterations, ["edges"] = edges },
                    new() { ["psf"] = MemoryVolume.FromSingles(psf, new VolumeShape(PsfSize, PsfSize, PsfSize)) });
                var (our, their, _) = await Rounds.MeasureAsync(3, ours.SecondsAsync, theirs.RunAsync, log);
                figures[$"rl_{edges}_ours_s_per_iteration"] = our / Iterations;
                figures[$"rl_{edges}_skimage_s_per_iteration"] = their / Iterations;
                figures[$"rl_{edges}_ours_mvoxel_iterations_per_s"] = shape.ElementCount * Iterations / our / 1e6;
                figures[$"rl_{edges}_speedup"] = their / our;
            }

            return figures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static float[] GaussianPsf()
    {
        const double sigma = 2.5;
        var values = new float[PsfSize * PsfSize * PsfSize];
        for (var i = 0; i < values.Length; i++)
        {
            var (z, y, x) = (i / (PsfSize * PsfSize), i / PsfSize % PsfSize, i % PsfSize);
            double Square(int n) => (n - (PsfSize / 2)) * (n - (PsfSize / 2));
            values[i] = (float)Math.Exp(-(Square(z) + Square(y) + Square(x)) / (2 * sigma * sigma));
        }

        var sum = values.Sum(value => (double)value);
        return [.. values.Select(value => (float)(value / sum))];
    }
}
