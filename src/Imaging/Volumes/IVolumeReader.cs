namespace InferenceBridge.Imaging;

/// <summary>
/// A volume that is read by rows of planes: a file, memory, a generator. Nothing forces it into memory. Not safe for
/// concurrent calls.
/// </summary>
public interface IVolumeReader : IDisposable
{
    /// <summary>Shape, pixel type and calibration.</summary>
    VolumeInfo Info { get; }

    /// <summary>Reads whole rows of one plane as little-endian pixels, X fastest.</summary>
    /// <param name="plane">Number of the plane, 0 to PlaneCount − 1 (Z fastest, then C, then T); any order.</param>
    /// <param name="firstRow">First row, 0 to Height − 1.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="destination">Exactly rowCount × Width × bytes per pixel.</param>
    /// <exception cref="InferenceException">The file is damaged or cannot be read.</exception>
    void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination);
}
