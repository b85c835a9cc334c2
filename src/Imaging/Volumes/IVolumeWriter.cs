namespace InferenceBridge.Imaging;

/// <summary>
/// A volume that is written by rows of planes, in ascending order of planes and rows, and appears as a whole or not at
/// all. Not safe for concurrent calls.
/// </summary>
public interface IVolumeWriter : IDisposable
{
    /// <summary>Shape, pixel type and calibration of what is written.</summary>
    VolumeInfo Info { get; }

    /// <summary>Writes the next rows of one plane as little-endian pixels, X fastest.</summary>
    /// <param name="plane">Number of the plane (Z fastest, then C, then T).</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="source">Exactly rowCount × Width × bytes per pixel.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>: the disk is full, for example.</exception>
    void WriteRows(long plane, int firstRow, int rowCount, ReadOnlySpan<byte> source);

    /// <summary>
    /// Makes the result visible. Without it, <see cref="IDisposable.Dispose"/> throws away what was written.
    /// </summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    /// <exception cref="InvalidOperationException">Planes are missing.</exception>
    void Complete();
}
