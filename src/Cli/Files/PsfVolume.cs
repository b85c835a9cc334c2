using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>A Gaussian PSF on the voxel grid of an image, cut so that it is never larger than the image.</summary>
internal static class PsfVolume
{
    /// <param name="optics">Objective and light.</param>
    /// <param name="voxel">Distance of voxels in µm; a single slice needs none along z.</param>
    /// <param name="limit">Shape of the image; one slice makes the PSF two-dimensional. Null does not cut.</param>
    public static MemoryVolume Create(MicroscopeOptics optics, VoxelSize voxel, VolumeShape? limit)
    {
        var flat = limit is { Depth: 1 };
        var depth = flat ? voxel.X : voxel.Z;
        var alongX = GaussianPsf.Create(optics, voxel.X, depth);
        var alongY = voxel.Y.Equals(voxel.X) ? alongX : GaussianPsf.Create(optics, voxel.Y, depth);
        var z = flat ? [1.0] : Fit(alongX.Z, limit?.Depth);
        var y = Fit(alongY.Y, limit?.Height);
        var x = Fit(alongX.X, limit?.Width);
        var values = new float[z.Length * y.Length * x.Length];
        var i = 0;
        foreach (var a in z)
        {
            foreach (var b in y)
            {
                foreach (var c in x)
                {
                    values[i++] = (float)(a * b * c);
                }
            }
        }

        return MemoryVolume.FromSingles(values, new VolumeShape(z.Length, y.Length, x.Length), new Calibration
        {
            VoxelWidth = voxel.X, VoxelHeight = voxel.Y, VoxelDepth = flat ? 1 : voxel.Z, Unit = "µm",
        });
    }

    /// <summary>Keeps the middle, an odd number of weights, with sum 1.</summary>
    private static double[] Fit(IReadOnlyList<double> weights, int? limit)
    {
        var count = Math.Min(weights.Count, limit ?? int.MaxValue);
        count -= 1 - (count % 2);
        var kept = weights.Skip((weights.Count - count) / 2).Take(count).ToArray();
        var sum = kept.Sum();
        return Array.ConvertAll(kept, weight => weight / sum);
    }
}

/// <summary>Distance of voxel centres in µm.</summary>
internal sealed record VoxelSize(double Z, double Y, double X);
