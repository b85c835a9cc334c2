using InferenceBridge.Imaging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>Volumes' descriptions to and from the wire.</summary>
internal static class VolumeMapper
{
    public static Proto.VolumeDescription ToProto(VolumeInfo info)
    {
        var voxel = info.Calibration.VoxelSizeMicrometres ?? (0, 0, 0);
        return new Proto.VolumeDescription
        {
            SizeT = info.Shape.Frames,
            SizeC = info.Shape.Channels,
            SizeZ = info.Shape.Depth,
            SizeY = info.Shape.Height,
            SizeX = info.Shape.Width,
            PixelType = ToProto(info.PixelType),
            VoxelSizeXUm = Known(voxel.X),
            VoxelSizeYUm = Known(voxel.Y),
            VoxelSizeZUm = Known(voxel.Z),
            FrameIntervalS = Known(info.Calibration.FrameIntervalSeconds ?? 0),
        };
    }

    public static Proto.PixelType ToProto(PixelType type) => type switch
    {
        PixelType.UInt8 => Proto.PixelType.Uint8,
        PixelType.UInt16 => Proto.PixelType.Uint16,
        PixelType.Int16 => Proto.PixelType.Int16,
        PixelType.UInt32 => Proto.PixelType.Uint32,
        PixelType.Int32 => Proto.PixelType.Int32,
        PixelType.Float32 => Proto.PixelType.Float32,
        PixelType.Float64 => Proto.PixelType.Float64,
        _ => throw new InferenceException(InferenceError.PixelTypeUnsupported, "pixel_type",
            $"The pixel type is {type}; accepted: {PixelTypes.Accepted}."),
    };

    public static Proto.IntensityStatistics ToProto(IntensityStatistics statistics) => new()
    {
        Minimum = statistics.Minimum,
        Maximum = statistics.Maximum,
        Mean = statistics.Mean,
        StandardDeviation = statistics.StandardDeviation,
        NoiseStandardDeviation = statistics.NoiseStandardDeviation ?? 0,
    };

    public static IntensityStatistics FromProto(Proto.IntensityStatistics statistics) =>
        new(statistics.Minimum, statistics.Maximum, statistics.Mean, statistics.StandardDeviation,
            statistics.NoiseStandardDeviation > 0 ? statistics.NoiseStandardDeviation : null);

    /// <summary>The result as the server describes it, with what the wire does not carry taken over from the image.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ProtocolViolation"/>: the server sent nonsense.</exception>
    public static VolumeInfo ToResult(Proto.VolumeDescription? description, VolumeInfo image)
    {
        if (description is null)
        {
            throw Violation("result", "The server accepted the job without describing the result; accepted: sizes and a pixel type.");
        }

        var shape = new VolumeShape(
            Size("t", description.SizeT), Size("c", description.SizeC), Size("z", description.SizeZ),
            Size("y", description.SizeY), Size("x", description.SizeX));
        try
        {
            shape.Validate("result");
        }
        catch (InferenceException e)
        {
            throw Violation(e.Field, $"The server describes an impossible result: {e.Message}");
        }

        return new VolumeInfo(shape, FromProto(description.PixelType))
        {
            Calibration = CalibrationMapper.ToResult(description, shape, image),
            ChannelNames = shape.Channels == image.Shape.Channels ? image.ChannelNames : [],
        };
    }

    /// <summary>A side output as the server describes it.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ProtocolViolation"/>: the server sent nonsense.</exception>
    public static VolumeInfo ToSideOutput(Proto.SideVolume side, VolumeInfo image)
    {
        // Its channels are not the image's, even where there are as many.
        var info = ToResult(side.Volume, image) with { ChannelNames = [] };
        return info.PixelType == PixelType.Float32 ? info : throw Violation("side_outputs",
            $"The server announces the side output {side.Name} in {info.PixelType.Name()}; accepted: float32.");
    }

    private static double Known(double value) => double.IsFinite(value) && value > 0 ? value : 0;

    private static int Size(string axis, long size) => size is >= 1 and <= int.MaxValue
        ? (int)size
        : throw Violation($"result.size_{axis}",
            $"The server says that result.size_{axis} is {size}; accepted: 1 to {int.MaxValue}.");

    private static PixelType FromProto(Proto.PixelType type) => type switch
    {
        Proto.PixelType.Uint8 => PixelType.UInt8,
        Proto.PixelType.Uint16 => PixelType.UInt16,
        Proto.PixelType.Int16 => PixelType.Int16,
        Proto.PixelType.Uint32 => PixelType.UInt32,
        Proto.PixelType.Int32 => PixelType.Int32,
        Proto.PixelType.Float32 => PixelType.Float32,
        Proto.PixelType.Float64 => PixelType.Float64,
        _ => throw Violation("result.pixel_type",
            $"The server says that result.pixel_type is {type}; accepted: {PixelTypes.Accepted}."),
    };

    private static InferenceException Violation(string field, string message) =>
        new(InferenceError.ProtocolViolation, field, message);
}
