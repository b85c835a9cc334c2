using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>Displacement fields of registrations as TIFF: float32, a channel an axis.</summary>
internal static class DisplacementFields
{
    /// <summary>What operations call this side output.</summary>
    public const string Name = "displacement";

    public static TiffVolumeWriter Create(string path, VolumeInfo info, TiffWriteOptions options) =>
        VolumeFile.Create(path, Named(info), options with { Metadata = ImageMetadata.None });

    /// <summary>The fields with names for their channels.</summary>
    public static VolumeInfo Named(VolumeInfo info) => info.Shape.Channels switch
    {
        2 => info with { ChannelNames = ["y", "x"] },
        3 => info with { ChannelNames = ["z", "y", "x"] },
        _ => info,
    };
}
