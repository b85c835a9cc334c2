using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>How the voxels of a PSF and of an image compare, where both are calibrated.</summary>
/// <param name="Ratios">The image's voxel size over the PSF's along z, y and x; 1 where they agree or one is not known.</param>
/// <param name="Warnings">What the caller should know.</param>
internal readonly record struct PsfStep((double Z, double Y, double X) Ratios, IReadOnlyList<string> Warnings)
{
    // Rounded calibrations differ by less.
    private const double Tolerance = 0.01;

    public bool Resamples => Ratios != (1, 1, 1);

    public static PsfStep Between(VolumeInfo psf, Calibration image)
    {
        if (psf.Calibration.VoxelSizeMicrometres is not { } own || image.VoxelSizeMicrometres is not { } wanted)
        {
            return new PsfStep((1, 1, 1), []);
        }

        var ratios = (Z: psf.Shape.Depth > 1 ? Ratio(own.Z, wanted.Z) : 1, Y: Ratio(own.Y, wanted.Y), X: Ratio(own.X, wanted.X));
        var warnings = new List<string>();
        if (ratios.Z != 1)
        {
            warnings.Add(FormattableString.Invariant(
                $"The psf's z step is {own.Z:g4} µm and the image's {wanted.Z:g4} µm; the psf was resampled."));
        }

        if (ratios.Y != 1 || ratios.X != 1)
        {
            warnings.Add(FormattableString.Invariant(
                $"The psf's pixel is {own.Y:g4}×{own.X:g4} µm (y×x) and the image's {wanted.Y:g4}×{wanted.X:g4} µm; the psf was resampled."));
        }

        return new PsfStep(ratios, warnings);
    }

    /// <summary>Sizes that a PSF has at most after resampling.</summary>
    public VolumeShape Resampled(VolumeShape psf) =>
        psf with { Depth = Size(psf.Depth, Ratios.Z), Height = Size(psf.Height, Ratios.Y), Width = Size(psf.Width, Ratios.X) };

    private static double Ratio(double own, double wanted) => Math.Abs(own - wanted) > Tolerance * wanted ? wanted / own : 1;

    private static int Size(int size, double ratio) => ratio == 1 ? size : (int)Math.Min(int.MaxValue, Math.Floor((size - 1) / ratio) + 1);
}
