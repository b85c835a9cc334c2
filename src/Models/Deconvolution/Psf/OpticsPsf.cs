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
    public static VolumeShape Plan(Optics optics, VolumeInfo image) => Grid(optics, image).Shape;

    /// <summary>Computes it.</summary>
    /// <exception cref="InferenceException">As above.</exception>
    public static PointSpreadFunction Create(Optics optics, VolumeInfo image)
    {
        var psf = PointSpreadFunction.FromModel(PsfSampler.Sample(optics, Grid(optics, image)), FormattableString.Invariant(
            $"{optics.Model} model, NA {optics.NumericalAperture}, {optics.WavelengthNm} nm, index {optics.ImmersionIndex}"));
        return image.Shape.Channels == 1 ? psf : psf with
        {
            Warnings = ["The image has several channels, and one wavelength was given for all of them; give a psf for each channel to tell them apart."],
        };
    }

    private static PsfGrid Grid(Optics optics, VolumeInfo image) => image.Calibration.VoxelSizeMicrometres is { } voxel
        ? PsfGrid.Around(optics, voxel.Z, voxel.Y, voxel.X, image.Shape)
        : throw new InferenceException(InferenceError.InputMissing, "image.voxel_size_x_um",
            "The image's voxel size is not known; accepted with na, wavelength and index: an image that is calibrated in a unit of length.");
}
