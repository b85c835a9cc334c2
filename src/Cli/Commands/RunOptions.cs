using System.CommandLine;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>The arguments and options that run and its shortcuts share.</summary>
internal sealed class RunOptions
{
    public const string ParameterName = "-p";

    public Argument<string> Input { get; } = new("INPUT") { Description = "TIFF to process: plain, ImageJ hyperstack, OME-TIFF or BigTIFF." };

    public Argument<string> Output { get; } = new("OUTPUT")
    {
        Description = "TIFF to write; it may be INPUT. NAME.ome.tif, or an OME-TIFF as INPUT, makes an OME-TIFF, anything else an ImageJ hyperstack.",
    };

    public Option<string[]> Parameters { get; } = new(ParameterName, "--parameter")
    {
        Description = "A parameter that 'ib describe' lists; may be repeated. Each can be typed as a flag too: --patch-size 5.",
        HelpName = "NAME=VALUE",
    };

    public Option<string[]> Auxiliaries { get; } = new("--aux")
    {
        Description = "An auxiliary volume of the operation, such as psf=PSF.tif; may be repeated.", HelpName = "NAME=FILE",
    };

    public Option<string?> OutputType { get; } = new("--output-type")
    {
        Description = $"Pixel type of the result: {PixelTypes.Accepted}. Default: what the operation says.", HelpName = "TYPE",
    };

    public OutputOptions File { get; } = new();

    public Option<double?> Timeout { get; } = new("--timeout") { Description = "Time for the whole job in seconds. Default: no limit.", HelpName = "SECONDS" };

    public RetryFlags Retry { get; } = new();

    public ConnectionOptions Connection { get; } = new();

    public Option<bool> Json { get; } = CommonOptions.Json();

    public void AddTo(Command command)
    {
        command.Arguments.Add(Input);
        command.Arguments.Add(Output);
        command.Options.Add(Parameters);
        command.Options.Add(Auxiliaries);
        command.Options.Add(OutputType);
        File.AddTo(command);
        command.Options.Add(Timeout);
        Retry.AddTo(command);
        Connection.AddTo(command);
        command.Options.Add(Json);
    }

    /// <summary>What was typed, checked as far as it can be without asking the server.</summary>
    public RunJob Read(ParseResult parsed, string operation)
    {
        var auxiliaries = Pairs(parsed.GetValue(Auxiliaries), "--aux", "NAME=FILE such as psf=PSF.tif");
        return new RunJob(operation, parsed.GetRequiredValue(Input), parsed.GetRequiredValue(Output))
        {
            Parameters = Pairs(parsed.GetValue(Parameters), ParameterName, "NAME=VALUE such as patch_size=5"),
            Auxiliaries = auxiliaries,
            OutputType = ReadOutputType(parsed.GetValue(OutputType)),
            OutputOptions = File.Read(parsed),
            Timeout = ReadTimeout(parsed.GetValue(Timeout)),
        };
    }

    /// <summary>Splits NAME=VALUE.</summary>
    public static Dictionary<string, string> Pairs(string[]? texts, string option, string accepted)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || equals == text.Length - 1)
            {
                throw new InferenceException(InferenceError.UsageInvalid, option, $"{option} is \"{text}\"; accepted: {accepted}.");
            }

            if (!pairs.TryAdd(text[..equals].Trim(), text[(equals + 1)..]))
            {
                throw new InferenceException(InferenceError.UsageInvalid, option, $"{text[..equals].Trim()} is given twice; accepted: once.");
            }
        }

        return pairs;
    }

    private static PixelType? ReadOutputType(string? name) => name is null ? null
        : PixelTypes.TryParse(name, out var type) ? type
        : throw new InferenceException(InferenceError.UsageInvalid, "output-type",
            $"--output-type is \"{name}\"; accepted: {PixelTypes.Accepted}.");

    private static TimeSpan? ReadTimeout(double? seconds) => seconds switch
    {
        null => null,
        > 0 and <= 1e7 => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new InferenceException(InferenceError.UsageInvalid, "timeout",
            $"--timeout is {Format.Number(seconds.Value)}; accepted: above 0 to 10000000 seconds."),
    };
}
