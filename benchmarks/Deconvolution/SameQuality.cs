using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Deconvolution;

/// <summary>How long accelerated Richardson–Lucy takes to be as near to a known truth as scikit-image is after 50 iterations.</summary>
internal static class SameQuality
{
    private const int TheirIterations = 50;
    private const int MostIterations = 50;
    private const int Rounds = 3;

    public static (IReadOnlyList<Figure> Figures, Target Target) Run(VolumeShape shape, string prefix, Action<string> log, CancellationToken cancellation)
    {
        using var psf = RichardsonLucyCase.Psf();
        var (truth, image) = BlurredSample.Create(shape, psf);
        using var imageFile = new RawFile(image.ToSingles());
        using var psfFile = new RawFile(psf.ToSingles());
        using var skimage = PeerProcess.Start("richardson_lucy.py",
            imageFile.Path, TestImage.Text(shape), psfFile.Path, TestImage.Text(psf.Info.Shape), TheirIterations);
        var (ourSeconds, theirSeconds) = (new Samples("", "s"), new Samples("", "s"));
        theirSeconds.Add(skimage.Run());
        var wanted = Psnr(skimage.Result(), shape, truth);
        log($"scikit-image after {TheirIterations} iterations: {wanted:0.00} dB in {theirSeconds.Last:0.00} s");

        var (iterations, reached) = (1, 0.0);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            using var ours = Ours(iterations);
            ours.Run();
            reached = Psnr(ours.Result, shape, truth);
            log($"ours, accelerated, after {iterations} iterations: {reached:0.00} dB");
            if (reached >= wanted || iterations == MostIterations)
            {
                break;
            }

            iterations++;
        }

        using var chosen = Ours(iterations);
        chosen.Run();
        ourSeconds.Add(chosen.Run());
        while (ourSeconds.Count < Rounds)
        {
            cancellation.ThrowIfCancellationRequested();
            theirSeconds.Add(skimage.Run());
            ourSeconds.Add(chosen.Run());
        }

        // Never as good counts as never there.
        var ratio = reached >= wanted ? theirSeconds.RatioTo(ourSeconds) : 0;
        var name = $"{prefix}accelerated_speed_to_same_psnr";
        return ([
            new($"{prefix}skimage_psnr", wanted, "dB"), new($"{prefix}skimage_to_psnr_s", theirSeconds.Median, "s"),
            new($"{prefix}accelerated_psnr", reached, "dB"), new($"{prefix}accelerated_to_psnr_s", ourSeconds.Median, "s"),
            new($"{prefix}accelerated_iterations", iterations), new(name, ratio),
        ], new Target(name, 6));

        InProcessOperation Ours(int count) => new(RichardsonLucyCase.Id,
            new Dictionary<string, object> { ["iterations"] = (long)count, ["acceleration"] = "nesterov" },
            image, new Dictionary<string, MemoryVolume> { ["psf"] = psf });
    }

    private static double Psnr(IReadOnlyList<float> values, VolumeShape shape, MemoryVolume truth)
    {
        using var volume = MemoryVolume.FromSingles([.. values], shape, truth.Info.Calibration);
        return ImageMetrics.Compare(volume, truth, fit: true).Psnr;
    }
}
