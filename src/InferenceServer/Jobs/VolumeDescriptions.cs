using System.Globalization;
using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Server.Jobs;

/// <summary>Checks volumes as they are declared on the wire.</summary>
internal static class VolumeDescriptions
{
    public static VolumeInfo Check(string name, Proto.VolumeDescription? volume, long maximumBytes)
    {
        if (volume is null)
        {
            throw new InferenceException(InferenceError.ShapeInvalid, $"{name}.volume",
                $"{name}.volume is absent; accepted: sizes along t, c, z, y and x, and a pixel type.");
        }

        var shape = new VolumeShape(
            Size(name, 't', volume.SizeT), Size(name, 'c', volume.SizeC), Size(name, 'z', volume.SizeZ),
            Size(name, 'y', volume.SizeY), Size(name, 'x', volume.SizeX));
        shape.Validate(name);
        var info = new VolumeInfo(shape, CheckPixelType($"{name}.pixel_type", volume.PixelType))
        {
            Calibration = CheckCalibration(name, volume),
        };
        CheckBytes(name, info, maximumBytes);
        return info;
    }

    /// <summary>Describes what an operation on whole volumes makes, but for its pixel type.</summary>
    public static Proto.VolumeDescription Of(VolumeJobPlan made)
    {
        var voxel = made.Calibration.VoxelSizeMicrometres ?? (0, 0, 0);
        return new Proto.VolumeDescription
        {
            SizeT = made.Shape.Frames, SizeC = made.Shape.Channels, SizeZ = made.Shape.Depth, SizeY = made.Shape.Height, SizeX = made.Shape.Width,
            VoxelSizeXUm = voxel.X, VoxelSizeYUm = voxel.Y, VoxelSizeZUm = voxel.Z,
        };
    }

    public static PixelType CheckPixelType(string field, Proto.PixelType type) =>
        type != Proto.PixelType.Unspecified && Enum.IsDefined(type)
            ? (PixelType)(int)type
            : throw new InferenceException(InferenceError.PixelTypeUnsupported, field,
                $"{field} is {type}; accepted: {PixelTypes.Accepted}.");

    private static int Size(string name, char axis, long size) => size is >= 1 and <= int.MaxValue
        ? (int)size
        : throw new InferenceException(InferenceError.ShapeInvalid, $"{name}.size_{axis}",
            $"{name}.size_{axis} is {size}; accepted: 1 to {int.MaxValue}.");

    private static void CheckBytes(string name, VolumeInfo info, long maximumBytes)
    {
        if (info.TotalBytes > maximumBytes)
        {
            throw new InferenceException(InferenceError.VolumeTooLarge, name,
                $"{name} of {info.Shape} in {info.PixelType.Name()} takes {info.TotalBytes} bytes; accepted: at most {maximumBytes}.");
        }

        // A plane is one array, as bytes and as float32.
        const int maximumPixels = int.MaxValue / sizeof(double) - 64;
        if (info.Shape.PlaneElementCount > maximumPixels)
        {
            throw new InferenceException(InferenceError.VolumeTooLarge, name,
                $"A plane of {name} has {info.Shape.PlaneElementCount} pixels; accepted: at most {maximumPixels}.");
        }
    }

    private static Calibration CheckCalibration(string name, Proto.VolumeDescription volume)
    {
        var (x, y, z) = (
            Distance($"{name}.voxel_size_x_um", volume.VoxelSizeXUm, "µm"),
            Distance($"{name}.voxel_size_y_um", volume.VoxelSizeYUm, "µm"),
            Distance($"{name}.voxel_size_z_um", volume.VoxelSizeZUm, "µm"));
        var calibration = new Calibration { FrameInterval = Distance($"{name}.frame_interval_s", volume.FrameIntervalS, "s") };

        // A length is known only where all of it is: a distance of 1 µm must not stand for "unknown".
        return x > 0 && y > 0 && (z > 0 || volume.SizeZ == 1)
            ? calibration with { VoxelWidth = x, VoxelHeight = y, VoxelDepth = z > 0 ? z : 1, Unit = "µm" }
            : calibration;
    }

    private static double Distance(string field, double value, string unit) => double.IsFinite(value) && value >= 0
        ? value
        : throw new InferenceException(InferenceError.ParameterOutOfRange, field, string.Create(CultureInfo.InvariantCulture,
            $"{field} is {value} {unit}; accepted: a finite number above 0, or 0 for unknown."));
}
