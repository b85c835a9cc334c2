using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>The parameters by which operations take the voxels of a point-spread function.</summary>
internal static class PsfGridParameters
{
    private const string SizeHelp = "0: what holds the light that matters, at most as many as the image has.";

    public static IReadOnlyList<ParameterDeclaration> All { get; } =
    [
        new NumberParameter("pixel_size", "Distance of pixels in the sample; 0: the image's.", 0, 0, 10000, "µm"),
        new NumberParameter("camera_pixel", "Distance of pixels on the camera, which magnification brings to the sample.", 0, 0, 10000, "µm"),
        new NumberParameter("magnification", "Magnification from the sample to the camera; 0: not given.", 0, 0, 10000),
        new NumberParameter("z_step", "Distance of slices; 0: the image's.", 0, 0, 10000, "µm"),
        new IntegerParameter("size_z", "Slices of the result; " + SizeHelp, 0, 0, 4096, "px"),
        new IntegerParameter("size_y", "Rows of the result; " + SizeHelp, 0, 0, 4096, "px"),
        new IntegerParameter("size_x", "Columns of the result; " + SizeHelp, 0, 0, 4096, "px"),
    ];

    /// <summary>The voxels that a job asks for.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>, naming the size that is missing.</exception>
    public static PsfGrid Read(ParameterSet parameters, VolumeInfo image, Optics optics)
    {
        var calibrated = image.Calibration.VoxelSizeMicrometres;
        var pixel = PixelSize(parameters);
        var (y, x) = pixel > 0 ? (pixel, pixel) : (calibrated?.Y ?? 0, calibrated?.X ?? 0);
        var z = parameters.Number("z_step") is > 0 and var step ? step : calibrated?.Z ?? 0;

        // A single pixel is no image but the bearer of a voxel size: it sets no limit.
        var shape = image.Shape;
        VolumeShape? limit = shape.StackElementCount == 1 ? null : shape;
        var (depth, height, width) = (parameters.Integer("size_z"), parameters.Integer("size_y"), parameters.Integer("size_x"));
        var flat = depth == 1 || (depth == 0 && limit is { Depth: 1 });
        Require("pixel_size", y, y > 0 && x > 0, "a distance above 0 µm, camera_pixel and magnification, or an image that is calibrated");
        Require("z_step", z, flat || z > 0, "a distance above 0 µm, or an image that is calibrated");
        var around = PsfGrid.Around(optics, z, y, x, flat ? new VolumeShape(1, limit?.Height ?? 4096, limit?.Width ?? 4096) : limit);
        var grid = around with
        {
            Depth = depth > 0 ? depth : around.Depth,
            Height = height > 0 ? height : around.Height,
            Width = width > 0 ? width : around.Width,
        };
        grid.Validate();
        return grid;
    }

    private static double PixelSize(ParameterSet parameters)
    {
        var (pixel, camera, magnification) = (parameters.Number("pixel_size"), parameters.Number("camera_pixel"), parameters.Number("magnification"));
        if (camera == 0 && magnification == 0)
        {
            return pixel;
        }

        Require("pixel_size", pixel, pixel == 0, "0 where camera_pixel and magnification are given");
        Require("camera_pixel", camera, camera > 0, "above 0 µm where magnification is given");
        Require("magnification", magnification, magnification > 0, "above 0 where camera_pixel is given");
        return camera / magnification;
    }

    private static void Require(string name, double value, bool sound, string accepted) => OpticsRules.Require(name, value, sound, accepted);
}
