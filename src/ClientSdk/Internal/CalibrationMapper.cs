using InferenceBridge.Imaging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>
/// Gives a result its calibration. The wire carries µm and seconds only, so where the server changed nothing the image's
/// own numbers and units are kept to the last digit; what it changed is brought to the image's units.
/// </summary>
internal static class CalibrationMapper
{
    private const string Micrometre = "µm";

    public static Calibration ToResult(Proto.VolumeDescription result, VolumeShape shape, VolumeInfo image)
    {
        var declared = VolumeMapper.ToProto(image);
        return Lengths(result, declared, shape, image) with
        {
            FrameInterval = Interval(result, declared, shape, image, out var unit),
            TimeUnit = unit,
        };
    }

    private static Calibration Lengths(
        Proto.VolumeDescription result, Proto.VolumeDescription declared, VolumeShape shape, VolumeInfo image)
    {
        var sameVoxels = Same(result.VoxelSizeXUm, declared.VoxelSizeXUm)
            && Same(result.VoxelSizeYUm, declared.VoxelSizeYUm)
            && Same(result.VoxelSizeZUm, declared.VoxelSizeZUm);
        var isKnown = result.VoxelSizeXUm > 0 && result.VoxelSizeYUm > 0 && result.VoxelSizeZUm > 0;
        var sameSizes = (shape.Width, shape.Height, shape.Depth) == (image.Shape.Width, image.Shape.Height, image.Shape.Depth);
        if ((sameVoxels && (isKnown || sameSizes)) || (!isKnown && sameSizes))
        {
            return image.Calibration;
        }

        if (!isKnown)
        {
            // Other sizes, and nothing said of the voxels: the image's would be wrong.
            return Calibration.None;
        }

        var isLength = LengthUnits.TryGetMicrometres(image.Calibration.Unit, out var factor);
        var scale = isLength ? factor : 1;
        return new Calibration
        {
            VoxelWidth = result.VoxelSizeXUm / scale,
            VoxelHeight = result.VoxelSizeYUm / scale,
            VoxelDepth = result.VoxelSizeZUm / scale,
            Unit = isLength ? image.Calibration.Unit : Micrometre,
        };
    }

    private static double Interval(
        Proto.VolumeDescription result, Proto.VolumeDescription declared, VolumeShape shape, VolumeInfo image, out string unit)
    {
        unit = image.Calibration.TimeUnit;
        var isUnknown = !(result.FrameIntervalS > 0);
        if (isUnknown ? shape.Frames == image.Shape.Frames : Same(result.FrameIntervalS, declared.FrameIntervalS))
        {
            return image.Calibration.FrameInterval;
        }

        if (isUnknown)
        {
            return 0;
        }

        if (TimeUnits.TryGetSeconds(unit, out var factor))
        {
            return result.FrameIntervalS / factor;
        }

        unit = Calibration.None.TimeUnit;
        return result.FrameIntervalS;
    }

    private static bool Same(double left, double right) =>
        Math.Abs(left - right) <= 1e-9 * Math.Max(Math.Abs(left), Math.Abs(right));
}
