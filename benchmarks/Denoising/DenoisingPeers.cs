using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Denoising;

/// <summary>What scikit-image, and BM3D where it is installed, make of the same planes, with the noise law that ours estimates.</summary>
internal static class DenoisingPeers
{
    private static readonly string[] Methods = ["nlm", "wavelet", "tv", "bm3d"];

    /// <summary>Versions of the peers that ran.</summary>
    public static IReadOnlyDictionary<string, string> Run(DenoisingSet set, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        var versions = new Dictionary<string, string>();
        var shape = set.Pairs[0].Noisy.Info.Shape;
        var planes = set.Pairs.Sum(pair => pair.Noisy.Info.Shape.Depth);
        using var stack = new RawFile([.. set.Pairs.SelectMany(pair => pair.Noisy.ToSingles())]);
        using var laws = new RawFile([.. set.Pairs.SelectMany(pair => Laws(pair.Noisy))]);
        foreach (var method in Methods)
        {
            cancellation.ThrowIfCancellationRequested();
            PeerProcess peer;
            try
            {
                peer = PeerProcess.Start("denoise.py", method, stack.Path, TestImage.Text(new VolumeShape(planes, shape.Height, shape.Width)), laws.Path);
            }
            catch (InvalidOperationException)
            {
                log($"{method} is not installed, and left out");
                continue;
            }

            using (peer)
            {
                var seconds = peer.Run();
                var (results, index) = (peer.Result().Chunk((int)(shape.PlaneElementCount * shape.Depth)).ToArray(), 0);
                var (psnr, ssim) = set.Score(noisy => MemoryVolume.FromSingles(results[index++], noisy.Info.Shape), cancellation);
                figures.AddRange(
                [
                    new($"{set.Name}_peer_{method}_psnr", psnr, "dB"), new($"{set.Name}_peer_{method}_ssim", ssim),
                    new($"{set.Name}_peer_{method}_seconds_per_megavoxel", seconds / (planes * shape.PlaneElementCount / 1e6), "s"),
                ]);
                log($"{set.Name}, peer {method}: {psnr:0.00} dB, {ssim:0.000}, {seconds:0.0} s");
                foreach (var (name, version) in peer.Versions)
                {
                    versions[name] = version;
                }
            }
        }

        return versions;
    }

    private static IEnumerable<float> Laws(MemoryVolume noisy)
    {
        var estimator = new NoiseLawEstimator();
        var (shape, values) = (noisy.Info.Shape, noisy.ToSingles());
        foreach (var plane in values.Chunk((int)shape.PlaneElementCount))
        {
            estimator.Add(plane, shape.Height, shape.Width);
        }

        var law = estimator.Estimate() ?? new NoiseLaw(0, 1);
        return Enumerable.Range(0, shape.Depth).SelectMany(_ => new[] { (float)law.Gain, (float)law.VarianceAtZero });
    }
}
