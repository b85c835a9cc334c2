using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Internal;

/// <summary>Carries what a file tells of an image over to the file of the result.</summary>
internal sealed class FileJob
{
    private readonly TiffVolumeReader _image;
    private readonly string _outputPath;
    private readonly TiffWriteOptions _options;
    private readonly MeteredReader? _metered;
    private readonly string _source;
    private IReadOnlyList<string> _warnings = [];

    /// <param name="image">The image, open.</param>
    /// <param name="inputPath">Name of the image's file.</param>
    /// <param name="outputPath">Name of the result's file.</param>
    /// <param name="options">How it is written; its metadata stand in for the image's where there are any.</param>
    public FileJob(TiffVolumeReader image, string inputPath, string outputPath, TiffWriteOptions options)
    {
        (_image, _outputPath, _source) = (image, outputPath, Path.GetFileName(inputPath));
        _options = ReferenceEquals(options.Metadata, ImageMetadata.None) ? options with { Metadata = image.Metadata } : options;
        _metered = _options.Metadata.DisplayRanges.Count == image.Info.Shape.Channels ? new MeteredReader(image) : null;
    }

    /// <summary>What is sent.</summary>
    public IVolumeReader Image => _metered is null ? _image : _metered;

    public ResultFile CreateResult(VolumeInfo info)
    {
        var fitted = _options.Metadata.FitTo(_image.Info, info);
        var options = _options with { Metadata = fitted.Metadata };
        _warnings = [.. fitted.Warnings, .. FormatWarnings(options)];
        return new ResultFile(VolumeFile.Create(_outputPath, info, options), _metered is not null && fitted.Metadata.DisplayRanges.Count > 0);
    }

    /// <summary>Makes the result visible.</summary>
    /// <returns>The summary with the warnings about metadata.</returns>
    public RunSummary Complete(ResultFile result, RunSummary summary, DateTimeOffset date)
    {
        var metadata = result.File.Metadata;
        if (result.Meter is { } meter)
        {
            var fitted = metadata.FitRanges(_metered!.Meter.Channels, meter.Channels);
            metadata = fitted.Metadata;
            _warnings = [.. _warnings, .. fitted.Warnings];
        }

        result.File.Metadata = metadata.WithOperation(Provenance.Of(summary, date) with { Source = _source });
        result.Complete();
        return summary with { Warnings = [.. summary.Warnings, .. _warnings] };
    }

    private IEnumerable<string> FormatWarnings(TiffWriteOptions options)
    {
        var flavour = options.FlavourOf(_outputPath);
        if (flavour != TiffFlavour.Ome && options.Metadata.OmeXml.Length > 0)
        {
            yield return "The OME-XML was left out, since the result is not written as OME-TIFF.";
        }

        if (flavour == TiffFlavour.ImageJ && options.Compression == TiffCompression.Zstd)
        {
            yield return "Plain ImageJ does not read zstd, in which the result is compressed.";
        }
    }
}
