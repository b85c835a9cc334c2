using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>The voxels on which a point-spread function is sampled; its centre is the voxel n / 2 (rounded down) of each axis.</summary>
/// <param name="Depth">Slices (1 to 4096).</param>
/// <param name="Height">Rows (1 to 4096).</param>
/// <param name="Width">Columns (1 to 4096).</param>
/// <param name="VoxelDepthUm">Distance of slices in µm; of no matter for a single slice.</param>
/// <param name="VoxelHeightUm">Distance of rows in µm.</param>
/// <param name="VoxelWidthUm">Distance of columns in µm.</param>
public sealed record PsfGrid(int Depth, int Height, int Width, double VoxelDepthUm, double VoxelHeightUm, double VoxelWidthUm)
{
    // The light of a widefield microscope never ends: beyond twice the first zeros of the axis and beyond the cone that
    // it has opened there, a plane holds nothing but blur.
    private const double AxialZeros = 2;
    private const double SmallestAiryRadii = 4;

    // More voxels than this are more than a deconvolution can use.
    private const int MaximumSize = 4096;
    private const int SuggestedRadius = 128;

    /// <summary>Sizes.</summary>
    public VolumeShape Shape => new(Depth, Height, Width);

    /// <summary>Voxel sizes, for a file.</summary>
    public Calibration Calibration => new()
    {
        VoxelWidth = VoxelWidthUm, VoxelHeight = VoxelHeightUm, VoxelDepth = VoxelDepthUm > 0 ? VoxelDepthUm : 1, Unit = "µm",
    };

    /// <summary>An odd size that holds what matters of the light of the optics: no larger than an image, if one is given.</summary>
    /// <param name="optics">The microscope.</param>
    /// <param name="voxelDepthUm">Distance of slices in µm.</param>
    /// <param name="voxelHeightUm">Distance of rows in µm.</param>
    /// <param name="voxelWidthUm">Distance of columns in µm.</param>
    /// <param name="limit">Shape of the image; a single slice makes a single slice.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: impossible optics or voxel sizes.</exception>
    public static PsfGrid Around(
        Optics optics, double voxelDepthUm, double voxelHeightUm, double voxelWidthUm, VolumeShape? limit = null)
    {
        optics.Validate();
        CheckVoxel("pixel_size", voxelHeightUm);
        CheckVoxel("pixel_size", voxelWidthUm);
        var flat = limit is { Depth: 1 };
        if (!flat)
        {
            CheckVoxel("z_step", voxelDepthUm);
        }

        var (aperture, index) = (optics.NumericalAperture, optics.ImmersionIndex);
        var wavelength = (optics.Microscope == Microscope.TwoPhoton ? optics.ExcitationWavelengthNm!.Value : optics.WavelengthNm) / 1000;
        var cosine = Math.Sqrt((index * index) - (aperture * aperture));
        var axial = flat ? 0 : AxialZeros * wavelength / (index - cosine);
        var lateral = Math.Max(SmallestAiryRadii * 0.61 * wavelength / aperture, axial * aperture / cosine);
        return new PsfGrid(
            Odd(axial, voxelDepthUm, limit?.Depth), Odd(lateral, voxelHeightUm, limit?.Height), Odd(lateral, voxelWidthUm, limit?.Width),
            voxelDepthUm, voxelHeightUm, voxelWidthUm);
    }

    /// <summary>Checks sizes and distances.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>.</exception>
    public void Validate()
    {
        foreach (var (name, size) in new[] { ("size_z", Depth), ("size_y", Height), ("size_x", Width) })
        {
            OpticsRules.Require(name, size, size is >= 1 and <= MaximumSize, "1 to 4096");
        }

        CheckVoxel("pixel_size", VoxelHeightUm);
        CheckVoxel("pixel_size", VoxelWidthUm);
        if (Depth > 1)
        {
            CheckVoxel("z_step", VoxelDepthUm);
        }
    }

    private static void CheckVoxel(string name, double value) =>
        OpticsRules.Require(name, value, value is >= 1e-4 and <= 1e4, "0.0001 to 10000 µm, from the file's calibration or given");

    private static int Odd(double radius, double voxel, int? limit)
    {
        var size = radius == 0 ? 1 : (2 * Math.Clamp((int)Math.Ceiling(Math.Min(radius / voxel, SuggestedRadius)), 1, SuggestedRadius)) + 1;
        var most = limit ?? MaximumSize;
        return Math.Min(size, most - 1 + (most % 2));
    }
}
