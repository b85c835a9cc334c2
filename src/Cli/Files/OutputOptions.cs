using System.CommandLine;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>How a command stores the TIFFs that it writes.</summary>
internal sealed class OutputOptions
{
    private readonly Option<string?> _compression = new("--compression")
    {
        Description = "none (default), deflate, or zstd: smaller and faster than deflate, but plain ImageJ does not read it.", HelpName = "NAME",
    };

    private readonly Option<string?> _format = new("--format")
    {
        Description = "Kind of TIFF whatever the names say: imagej or ome.", HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_compression);
        command.Options.Add(_format);
    }

    /// <exception cref="InferenceException"><see cref="InferenceError.UsageInvalid"/>.</exception>
    public TiffWriteOptions Read(ParseResult parsed) => new()
    {
        Compression = parsed.GetValue(_compression)?.ToLowerInvariant() switch
        {
            null or "none" => TiffCompression.None,
            "deflate" or "zip" => TiffCompression.Deflate,
            "zstd" => TiffCompression.Zstd,
            var other => throw Refusal("compression", other, "none, deflate, zstd"),
        },
        Flavour = parsed.GetValue(_format)?.ToLowerInvariant() switch
        {
            null => null,
            "imagej" => TiffFlavour.ImageJ,
            "ome" => TiffFlavour.Ome,
            var other => throw Refusal("format", other, "imagej, ome"),
        },
    };

    private static InferenceException Refusal(string option, string value, string accepted) =>
        new(InferenceError.UsageInvalid, option, $"--{option} is \"{value}\"; accepted: {accepted}.");
}
