using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Denoising;

/// <summary>Noisy images with what they should be.</summary>
/// <param name="Name">Part of the figures' names.</param>
/// <param name="Pairs">Noisy and clean, each pair of one shape.</param>
/// <param name="DataRange">Range for PSNR and SSIM; null takes that of each clean image.</param>
internal sealed record DenoisingSet(string Name, IReadOnlyList<(MemoryVolume Noisy, MemoryVolume Clean)> Pairs, double? DataRange)
{
    private const int FirstField = 49;
    private const int LastField = 60;
    private const int FmdSide = 512;

    // How many images of a set to take; all where it is not given.
    private const string LimitVariable = "INFERENCEBRIDGE_IMAGES";
    private static readonly double[] Photons = [5, 20, 100, 500];

    private static int Limit => int.TryParse(Environment.GetEnvironmentVariable(LimitVariable), out var limit) ? limit : int.MaxValue;

    /// <summary>W2S, fields that training leaves out: single frames against the mean of 400.</summary>
    public static DenoisingSet W2s(string folder) => new("w2s",
        [
            .. Enumerable.Range(FirstField, LastField - FirstField + 1).SelectMany(field => Enumerable.Range(0, 3).Select(channel => $"{field:000}_{channel}.tif")).Take(Limit)
                .Select(name => (Plane(Path.Combine(folder, "noisy", name)), Plane(Path.Combine(folder, "clean", name)))),
        ], 255);

    /// <summary>FMD: single frames against means of 50, channel by channel.</summary>
    public static DenoisingSet Fmd(string folder) => new("fmd",
        [
            .. new[] { ("Confocal_FISH_3_raw.png", "Confocal_FISH_3_gt.png"), ("WideField_BPAE_raw.png", "WideField_BPAE_gt.png"), ("image_R_1_001.png", "image_R_1_avg50.png") }
                .Take(Limit).SelectMany(names => Planes(Path.Combine(folder, names.Item1)).Zip(Planes(Path.Combine(folder, names.Item2)))),
        ], 255);

    /// <summary>Simulated tubules: what the camera makes of the blurred specimen against the blurred specimen itself.</summary>
    public static IEnumerable<DenoisingSet> Simulated(CancellationToken cancellation) => Photons.Select(photons =>
    {
        var options = new PhantomOptions { Depth = 16, Height = 192, Width = 192, PeakPhotons = photons, Seed = 4242 };
        var sample = Phantom.Create(options, cancellation);
        return new DenoisingSet(FormattableString.Invariant($"simulated_{photons}"),
            [(MemoryVolume.FromSingles(sample.Noisy.ToSingles(), options.Shape), MemoryVolume.FromSingles(sample.Blurred.ToSingles(), options.Shape))], null);
    });

    /// <summary>Means over the images, after a fit of gain and offset.</summary>
    public (double Psnr, double Ssim) Score(Func<MemoryVolume, MemoryVolume> method, CancellationToken cancellation)
    {
        var (psnr, ssim) = (0d, 0d);
        foreach (var (noisy, clean) in Pairs)
        {
            cancellation.ThrowIfCancellationRequested();
            var comparison = ImageMetrics.Compare(method(noisy), clean, fit: true, dataRange: DataRange, cancellation: cancellation);
            psnr += comparison.Psnr / Pairs.Count;
            ssim += comparison.Ssim / Pairs.Count;
        }

        return (psnr, ssim);
    }

    /// <summary>A file's planes as a stack, whatever axis they are along.</summary>
    public static MemoryVolume Plane(string path)
    {
        using var file = VolumeFile.OpenRead(path);
        using var volume = MemoryVolume.From(file);
        return MemoryVolume.FromSingles(volume.ToSingles(), new VolumeShape((int)file.Info.Shape.PlaneCount, file.Info.Shape.Height, file.Info.Shape.Width));
    }

    private static IEnumerable<MemoryVolume> Planes(string path)
    {
        using var peer = PeerProcess.Start("images.py", path);
        peer.Run();
        return [.. peer.Result().Chunk(FmdSide * FmdSide).Select(plane => MemoryVolume.FromSingles(plane, new VolumeShape(1, FmdSide, FmdSide)))];
    }
}
