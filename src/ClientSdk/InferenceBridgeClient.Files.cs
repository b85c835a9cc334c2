using InferenceBridge.Client.Internal;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client;

public sealed partial class InferenceBridgeClient
{
    /// <summary>As <see cref="RunAsync(string, string, RunRequest, TiffWriteOptions, IProgress{RunProgress}, CancellationToken)"/>, uncompressed.</summary>
    /// <inheritdoc cref="RunAsync(string, string, RunRequest, TiffWriteOptions, IProgress{RunProgress}, CancellationToken)"/>
    public Task<RunSummary> RunAsync(
        string inputPath, string outputPath, RunRequest request,
        IProgress<RunProgress>? progress = null, CancellationToken cancellation = default) =>
        RunAsync(inputPath, outputPath, request, new TiffWriteOptions(), progress, cancellation);

    /// <summary>
    /// Runs one operation on a TIFF file and writes the result as a TIFF; neither is held in memory. The result carries the
    /// image's calibration and metadata (labels, LUTs, display ranges, Info, overlay, OME-XML) as far as they fit it, and
    /// tells the operation; what was left out is among the summary's warnings. The result appears under its name when it is
    /// complete; after a failure nothing is there, or what was there before. Both paths may be the same file.
    /// </summary>
    /// <param name="inputPath">TIFF to read: plain multi-page, ImageJ hyperstack, OME-TIFF or BigTIFF.</param>
    /// <param name="outputPath">
    /// TIFF to write: ".ome.tif", ".ome.tiff" or an OME-TIFF as input make an OME-TIFF, anything else an ImageJ hyperstack.
    /// </param>
    /// <param name="request">The operation, its parameters and auxiliary volumes.</param>
    /// <param name="output">Compression and flavour of the result; metadata in it stand in for the image's.</param>
    /// <param name="progress">Told how far the job is; null tells nobody.</param>
    /// <param name="cancellation">Cancels the job, also on the server.</param>
    /// <exception cref="InferenceException">
    /// As with a writer; also <see cref="InferenceError.FileUnreadable"/>, <see cref="InferenceError.FileFormatInvalid"/> and
    /// <see cref="InferenceError.FileUnwritable"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<RunSummary> RunAsync(
        string inputPath, string outputPath, RunRequest request, TiffWriteOptions output,
        IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputPath);
        ArgumentNullException.ThrowIfNull(outputPath);
        ArgumentNullException.ThrowIfNull(output);
        FileJob file;
        JobResult result;
        using (var image = VolumeFile.OpenRead(inputPath))
        {
            file = new FileJob(image, inputPath, outputPath, output);
            result = await RunJobAsync(new Job(file.Image, file.CreateResult, request, progress), cancellation).ConfigureAwait(false);
        }

        // The image is closed first, since it may be the file that the result replaces.
        using (result)
        {
            result.CompleteSideOutputs(_options.TimeProvider.GetUtcNow());
            return file.Complete((ResultFile)result.Writer, result.Summary, _options.TimeProvider.GetUtcNow());
        }
    }
}
