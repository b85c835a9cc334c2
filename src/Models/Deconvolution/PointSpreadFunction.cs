using System.Globalization;
using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// A checked point-spread function that sums to 1. Its centre is the voxel with index n / 2, rounded down, along each axis of n voxels.
/// </summary>
internal sealed class PointSpreadFunction
{
    /// <summary>Name of the auxiliary input.</summary>
    public const string InputName = "psf";

    private const string Accepted = "finite values of at least 0, not all of them 0";

    // What summing float32 values that were normalised elsewhere may be off by.
    private const double SumTolerance = 1e-3;

    private readonly float[] _values;

    private PointSpreadFunction(float[] values, VolumeShape shape, string? warning)
    {
        _values = values;
        Shape = shape;
        Warning = warning;
    }

    /// <summary>The input, for a declaration.</summary>
    public static InputRole Role { get; } = new(InputName,
        "Point-spread function: the image of a point, at the image's voxel size; a single stack of any size up to the "
        + "image's, centred on the voxel n / 2 (rounded down) of each axis. It is normalised to sum 1.");

    /// <summary>Sizes.</summary>
    public VolumeShape Shape { get; }

    /// <summary>What the caller should know: the sum was not 1. Null if nothing.</summary>
    public string? Warning { get; }

    /// <summary>Checks the shape against the image's.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.InputMissing"/>, or <see cref="InferenceError.ShapeMismatch"/>: several channels or frames, or larger than the image.
    /// </exception>
    public static VolumeShape CheckShape(TensorJobRequest request)
    {
        if (!request.Auxiliaries.TryGetValue(InputName, out var info))
        {
            throw new InferenceException(InferenceError.InputMissing, InputName,
                "Input psf is missing; accepted: a point-spread function as a single stack.");
        }

        var (psf, image) = (info.Shape, request.Image.Shape);
        if (psf.Channels != 1 || psf.Frames != 1)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, InputName,
                $"Input psf is {psf}; accepted: 1 frame and 1 channel.");
        }

        if (psf.Depth > image.Depth || psf.Height > image.Height || psf.Width > image.Width)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, InputName,
                $"Input psf is {psf}, larger than the image of {image}; accepted: at most the image's size along z, y and x.");
        }

        return psf;
    }

    /// <summary>Checks and normalises the pixels.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.AuxiliaryInvalid"/>.</exception>
    public static PointSpreadFunction From(MemoryVolume volume)
    {
        var shape = volume.Info.Shape;
        var values = volume.ToSingles();
        var wrong = Array.FindIndex(values, value => !(value >= 0 && float.IsFinite(value)));
        if (wrong >= 0)
        {
            var (z, inPlane) = Math.DivRem(wrong, (int)shape.PlaneElementCount);
            throw Invalid(string.Create(CultureInfo.InvariantCulture,
                $"Input psf is {values[wrong]} at z = {z}, y = {inPlane / shape.Width}, x = {inPlane % shape.Width}"));
        }

        var sum = values.Sum(value => (double)value);
        if (sum == 0)
        {
            throw Invalid("Input psf is 0 everywhere");
        }

        var warning = Math.Abs(sum - 1) <= SumTolerance
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"The psf summed to {sum:g6}; it was normalised to 1.");
        return new PointSpreadFunction([.. values.Select(value => (float)(value / sum))], shape, warning);
    }

    /// <summary>The point-spread function of a microscope, on the image's voxel size and no larger than the image.</summary>
    /// <param name="optics">The microscope.</param>
    /// <param name="voxelSizeUm">Distance of voxels in µm along z, y and x.</param>
    /// <param name="image">Shape of the image.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: impossible optics or voxel sizes.</exception>
    public static PointSpreadFunction FromOptics(
        Optics optics, (double Z, double Y, double X) voxelSizeUm, VolumeShape image, CancellationToken cancellation = default)
    {
        var grid = PsfGrid.Around(optics, voxelSizeUm.Z, voxelSizeUm.Y, voxelSizeUm.X, image);
        return From(PsfSampler.Sample(optics, grid, cancellation));
    }

    /// <summary>float32, (z, y, x); the caller disposes.</summary>
    public Tensor ToTensor(Device device) => tensor(_values, [Shape.Depth, Shape.Height, Shape.Width], device: device);

    private static InferenceException Invalid(string found) =>
        new(InferenceError.AuxiliaryInvalid, InputName, $"{found}; accepted: {Accepted}.");
}
