using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>What a Richardson–Lucy iteration keeps in memory for a tile.</summary>
internal static class WorkingArrays
{
    // Volumes of the image up to which speed comes before memory: below the six that an iteration should take, less what pieces take and the C library keeps.
    private const double Comfortable = 4.8;

    // Arrays that a piece takes while it is worked on: padded, transformed along one axis and another, multiplied.
    private const int PieceBuffers = 6;

    /// <summary>Whether there is room for the PSF's whole transform; where not, it is completed along z again and again.</summary>
    public static bool KeepWholeTransfer(ObjectGrid grid, int psfPlanes, RichardsonLucyOptions options) =>
        Elements(grid, grid.Z.Length, options) <= Comfortable * grid.ImageElements || psfPlanes >= grid.Z.Length;

    /// <summary>Most numbers (float32) of a tile on a grid, the tile included.</summary>
    public static double MostElements(ObjectGrid grid, int psfPlanes, RichardsonLucyOptions options)
    {
        var whole = Elements(grid, grid.Z.Length, options);
        return Math.Min(whole, Math.Max(Elements(grid, psfPlanes, options), Comfortable * grid.ImageElements));
    }

    /// <summary>Most numbers of the PSF's transform, which stays between tiles.</summary>
    public static double HeldElements(ObjectGrid grid) => (double)grid.Z.Length * grid.SpectrumPlaneElements;

    /// <summary>Most bytes that a job takes whatever the tile: the PSF, the coverage, and the pieces that are being worked on.</summary>
    public static long FixedBytes(ObjectGrid grid, VolumeShape psf, bool periodic)
    {
        // The PSF as it came, trimmed, as a tensor and, for its sums, twice in float64.
        var ofPsf = 7 * psf.ElementCount;
        var coverage = periodic ? 0 : Coverage.MostElements(grid, psf);
        var slab = Math.Max(grid.SpectrumPlaneElements, grid.Z.Length * ((long)grid.X.Length + 2));
        var all = grid.Z.Length * grid.SpectrumPlaneElements;
        var pieces = PieceBuffers * Math.Min(all, Math.Max(CpuWorkers.DeviceElements, Environment.ProcessorCount * slab));
        return checked(sizeof(float) * (ofPsf + coverage + pieces));
    }

    // The tile, the object, what acceleration and regularisation remember, the spectrum, the PSF's transform.
    private static double Elements(ObjectGrid grid, int transferPlanes, RichardsonLucyOptions options)
    {
        var remembered = options.Acceleration switch { Acceleration.BiggsAndrews => 2, Acceleration.Nesterov => 1, _ => 0 }
            + (options.Regularisation == Regularisation.None ? 0 : 1);
        return grid.ImageElements + ((1.0 + remembered) * grid.ObjectElements)
            + (((double)grid.Z.Object + transferPlanes) * grid.SpectrumPlaneElements);
    }
}
