using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>The PSF of given optics on the voxel grid of an image.</summary>
internal static class OpticsPsf
{
    /// <summary>Its sizes.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterOutOfRange"/>: impossible optics; <see cref="InferenceError.InputMissing"/>: the image's
    /// voxel size is not known.
    /// </exception>
    public static VolumeShape Plan(Optics optics, VolumeInfo image)
    {
        optics.Validate();
        var (z, y, x) = VoxelSize(image);
        return PsfGrid.Around(optics, z, y, x, image.Shape).Shape;
    }

    /// <summary>Computes it.</summary>
    /// <exception cref="InferenceException">As above.</exception>
    public static PointSpreadFunction Create(Optics optics, VolumeInfo image)
    {
        var psf = PointSpreadFunction.FromOptics(optics, VoxelSize(image), image.Shape);
        return image.Shape.Channels == 1 ? psf : psf with
        {
            Warnings = ["The image has several channels, and one wavelength was given for all of them; give a psf for each channel to tell them apart."],
        };
    }

    private static (double Z, double Y, double X) VoxelSize(VolumeInfo image) => image.Calibration.VoxelSizeMicrometres is { } voxel
        ? (voxel.Z, voxel.Y, voxel.X)
        : throw new InferenceException(InferenceError.InputMissing, "image.voxel_size_x_um",
            "The image's voxel size is not known; accepted with na, wavelength and index: an image that is calibrated in a unit of length.");
}
