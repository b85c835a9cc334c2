namespace InferenceBridge.Imaging;

/// <summary>Volumes in files. TIFF is the one format so far.</summary>
public static class VolumeFile
{
    /// <summary>Opens a TIFF: plain multi-page, ImageJ hyperstack, OME-TIFF or BigTIFF. Pixels are read on demand.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileUnreadable"/>: missing, a directory, no permission;
    /// <see cref="InferenceError.FileFormatInvalid"/>: not a TIFF, damaged, or of a kind that is not read.
    /// </exception>
    public static TiffVolumeReader OpenRead(string path) => TiffVolumeReader.Open(path);

    /// <summary>
    /// Starts a TIFF that appears under <paramref name="path"/> when it is complete; until then, and after a failure,
    /// nothing is there (or what was there before).
    /// </summary>
    /// <param name="path">Name to write. ".ome.tif" and ".ome.tiff" make an OME-TIFF, anything else an ImageJ hyperstack.</param>
    /// <param name="info">Shape, pixel type, calibration.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static TiffVolumeWriter Create(string path, VolumeInfo info) => Create(path, info, new TiffWriteOptions());

    /// <summary>As <see cref="Create(string, VolumeInfo)"/>, with options.</summary>
    /// <param name="path">Name to write.</param>
    /// <param name="info">Shape, pixel type, calibration.</param>
    /// <param name="options">Flavour, compression, metadata.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static TiffVolumeWriter Create(string path, VolumeInfo info, TiffWriteOptions options) =>
        new TiffVolumeWriter(path, info, options);
}
