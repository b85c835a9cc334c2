using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>How the voxels of a PSF and of an image compare, where both are calibrated.</summary>
/// <param name="Ratio">The image's z step over the PSF's; 1 where they agree or one is not known.</param>
/// <param name="Warning">What the caller should know; null for nothing.</param>
internal readonly record struct PsfStep(double Ratio, string? Warning)
{
    // Rounded calibrations differ by less.
    private const double Tolerance = 0.01;

    public static PsfStep Between(VolumeInfo psf, Calibration image)
    {
        if (psf.Calibration.VoxelSizeMicrometres is not { } own || image.VoxelSizeMicrometres is not { } wanted)
        {
            return new PsfStep(1, null);
        }

        if (psf.Shape.Depth > 1 && Differ(own.Z, wanted.Z))
        {
            return new PsfStep(wanted.Z / own.Z, FormattableString.Invariant(
                $"The psf's z step is {own.Z:g4} µm and the image's {wanted.Z:g4} µm; the psf was resampled."));
        }

        return new PsfStep(1, Differ(own.X, wanted.X) || Differ(own.Y, wanted.Y)
            ? FormattableString.Invariant($"The psf's pixel is {own.X:g4} µm wide and the image's {wanted.X:g4} µm; the psf was used as it is.")
            : null);
    }

    /// <summary>Slices that a PSF has at most after resampling.</summary>
    public int Depth(int depth) => Ratio == 1 ? depth : (int)Math.Min(int.MaxValue, Math.Floor((depth - 1) / Ratio) + 1);

    private static bool Differ(double a, double b) => Math.Abs(a - b) > Tolerance * b;
}
