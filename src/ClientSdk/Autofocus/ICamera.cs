using InferenceBridge.Imaging;

namespace InferenceBridge.Client;

/// <summary>The camera of a microscope.</summary>
public interface ICamera
{
    /// <summary>Shape of its frames, of which T is 1, their pixel type, and their calibration: networks need the pixel size in the sample.</summary>
    VolumeInfo Frame { get; }

    /// <summary>Takes a frame that was exposed after the call.</summary>
    /// <returns>Little-endian pixels, X fastest, then Y, Z, C; not to be changed until the next call.</returns>
    ValueTask<ReadOnlyMemory<byte>> SnapAsync(CancellationToken cancellation = default);
}
