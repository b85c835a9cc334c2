using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Parameters of psf/from-beads, and the window that follows from them.</summary>
internal sealed record BeadOptions(double Diameter, double Threshold, double BrightnessRatio, double PixelSize, double ZStep, VolumeShape Size)
{
    // Before a pixel has come, nothing tells how wide a bead is: these extents hold the light of most objectives.
    private const double LateralExtentUm = 1;
    private const double AxialExtentUm = 3;
    private const int UncalibratedSize = 31;

    // Beads that lie in the middle third of a stack must fit with their window.
    private const double PartOfDepth = 2.0 / 3;

    public static IReadOnlyList<ParameterDeclaration> Parameters { get; } =
    [
        new NumberParameter("bead_diameter", "Diameter of the beads, which is divided out; 0: leave it in.", 0, 0, 100, "µm"),
        new NumberParameter("threshold", "Height of a bead, as a part of the brightest one's, below which it is not looked at.", 0.1, 0.001, 1),
        new NumberParameter("brightness_ratio", "How many times brighter or dimmer than the median a bead may be.", 2, 1, 100),
        new NumberParameter("pixel_size", "Distance of the result's pixels: those of the image to be deconvolved; 0: as the beads'.", 0, 0, 10000, "µm"),
        new NumberParameter("z_step", "Distance of the result's slices; 0: as the beads'.", 0, 0, 10000, "µm"),
        new IntegerParameter("size_z", "Slices of the result; 0: 3 µm of them or 15, at most two thirds of the stack.", 0, 0, 511, "px"),
        new IntegerParameter("size_y", "Rows of the result; 0: 1 µm of them or 25.", 0, 0, 511, "px"),
        new IntegerParameter("size_x", "Columns of the result; 0: 1 µm of them or 25.", 0, 0, 511, "px"),
    ];

    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: a length without a calibrated image.</exception>
    public static BeadOptions Read(ParameterSet parameters, VolumeInfo image)
    {
        foreach (var name in new[] { "bead_diameter", "pixel_size", "z_step" })
        {
            OpticsRules.Require(name, parameters.Number(name), parameters.Number(name) == 0 || image.Calibration.VoxelSizeMicrometres is not null,
                "0 for a stack of beads that is not calibrated; a length needs the stack's voxel size");
        }

        var options = new BeadOptions(parameters.Number("bead_diameter"), parameters.Number("threshold"), parameters.Number("brightness_ratio"),
            parameters.Number("pixel_size"), parameters.Number("z_step"), default);
        return options with { Size = options.Window(parameters, image) };
    }

    /// <summary>The window on the result's voxels.</summary>
    public BeadWindow ToWindow(VolumeInfo image)
    {
        var voxel = image.Calibration.VoxelSizeMicrometres ?? (1, 1, 1);
        return new BeadWindow(Size, new Position(
            ZStep > 0 ? ZStep / voxel.Z : 1, PixelSize > 0 ? PixelSize / voxel.Y : 1, PixelSize > 0 ? PixelSize / voxel.X : 1));
    }

    /// <summary>Voxel size of the result.</summary>
    public Calibration ToCalibration(VolumeInfo image)
    {
        if (image.Calibration.VoxelSizeMicrometres is not { } voxel)
        {
            return Calibration.None;
        }

        var window = ToWindow(image);
        return new Calibration
        {
            VoxelWidth = voxel.X * window.Scale.X, VoxelHeight = voxel.Y * window.Scale.Y, VoxelDepth = voxel.Z * window.Scale.Z, Unit = "µm",
        };
    }

    private VolumeShape Window(ParameterSet parameters, VolumeInfo image)
    {
        var (calibration, scale, shape) = (ToCalibration(image), ToWindow(image).Scale, image.Shape);
        var isKnown = calibration.VoxelSizeMicrometres is not null;
        int Side(string name, double extent, double voxel, int least, double most) => parameters.Integer(name) is > 0 and var given
            ? given
            : Odd(Math.Min(isKnown ? Math.Clamp(extent / voxel, least, 101) : UncalibratedSize, most));
        return new VolumeShape(
            Side("size_z", AxialExtentUm, calibration.VoxelDepth, 15, shape.Depth == 1 ? 1 : Math.Max(1, shape.Depth * PartOfDepth / scale.Z)),
            Side("size_y", LateralExtentUm, calibration.VoxelHeight, 25, shape.Height / scale.Y),
            Side("size_x", LateralExtentUm, calibration.VoxelWidth, 25, shape.Width / scale.X));
    }

    private static int Odd(double size) => Math.Max(1, (int)size - 1 + ((int)size % 2));
}
