namespace InferenceBridge.Imaging;

/// <summary>What is known of a volume without its pixels.</summary>
/// <param name="Shape">Sizes along T, C, Z, Y, X.</param>
/// <param name="PixelType">Type of the pixels.</param>
public sealed record VolumeInfo(VolumeShape Shape, PixelType PixelType)
{
    /// <summary>Voxel size, frame interval and their units.</summary>
    public Calibration Calibration { get; init; } = Calibration.None;

    /// <summary>Names of the channels in order; empty where there are none.</summary>
    public IReadOnlyList<string> ChannelNames { get; init; } = [];

    /// <summary>Bytes of one plane.</summary>
    public long PlaneBytes => checked(Shape.PlaneElementCount * PixelType.BytesPerPixel());

    /// <summary>Bytes of all planes.</summary>
    public long TotalBytes => checked(Shape.PlaneCount * PlaneBytes);
}
