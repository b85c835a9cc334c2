using System.CommandLine;
using System.Globalization;

namespace InferenceBridge.Cli;

/// <summary>The arguments and options of ib psf.</summary>
internal sealed class PsfOptions
{
    private const string Task = "psf";
    private const string FromBeads = "from-beads";

    private readonly Argument<string> _model = new("MODEL") { Description = "gaussian, born-wolf, gibson-lanni, or from-beads." };

    private readonly Argument<string[]> _files = new("FILES")
    {
        Description = "OUTPUT.tif; for from-beads, BEADS.tif and OUTPUT.tif.", Arity = new ArgumentArity(1, 2),
    };

    private readonly Option<string[]> _parameters = new(RunOptions.ParameterName, "--parameter")
    {
        Description = "A parameter that 'ib describe psf/MODEL' lists; may be repeated. Each can be typed as a flag too: --na 1.4.", HelpName = "NAME=VALUE",
    };

    private readonly Option<string?> _voxel = new("--voxel-size")
    {
        Description = "Distance of the result's voxels along z, y and x in µm. Default: that of --like, for from-beads that of the beads.", HelpName = "Z,Y,X",
    };

    private readonly Option<string?> _like = new("--like")
    {
        Description = "Take the voxel size of this file, the image to be deconvolved; from optics, never larger than it.", HelpName = "FILE",
    };

    private readonly Option<string?> _size = new("--size") { Description = "Slices, rows and columns of the result.", HelpName = "ZxYxX" };

    private readonly Option<string?> _picture = new("--picture") { Description = "PNG to write: the planes xy and xz through the brightest voxel.", HelpName = "FILE.png" };

    private readonly OutputOptions _output = new();

    public ConnectionOptions Connection { get; } = new();

    public Option<bool> Json { get; } = CommonOptions.Json();

    public void AddTo(Command command)
    {
        command.Arguments.Add(_model);
        command.Arguments.Add(_files);
        foreach (var option in new Option[] { _parameters, _voxel, _like, _size, _picture })
        {
            command.Options.Add(option);
        }

        _output.AddTo(command);
        Connection.AddTo(command);
        command.Options.Add(Json);
    }

    /// <exception cref="InferenceException"><see cref="InferenceError.UsageInvalid"/>.</exception>
    public PsfJob Read(ParseResult parsed)
    {
        var (model, files) = (parsed.GetRequiredValue(_model), parsed.GetRequiredValue(_files));
        var expected = model == FromBeads ? 2 : 1;
        if (files.Length != expected)
        {
            throw Refusal("FILES", string.Join(' ', files), model == FromBeads ? "psf from-beads BEADS.tif OUTPUT.tif" : $"psf {model} OUTPUT.tif");
        }

        var (voxel, like) = (Numbers("--voxel-size", parsed.GetValue(_voxel), ',', "0.2,0.065,0.065"), parsed.GetValue(_like));
        if (voxel is not null && like is not null)
        {
            throw Refusal("--voxel-size", parsed.GetValue(_voxel)!, "one of --voxel-size and --like");
        }

        return new PsfJob($"{Task}/{model}", model == FromBeads ? files[0] : null, files[^1])
        {
            Parameters = RunOptions.Pairs(parsed.GetValue(_parameters), RunOptions.ParameterName, "NAME=VALUE such as na=1.4"),
            Voxel = voxel is [var z, var y, var x] ? new VoxelSize(z, y, x) : null,
            Like = like,
            Size = Numbers("--size", parsed.GetValue(_size), 'x', "15x101x101"),
            Picture = parsed.GetValue(_picture),
            OutputOptions = _output.Read(parsed),
        };
    }

    private static double[]? Numbers(string option, string? text, char separator, string example)
    {
        if (text is null)
        {
            return null;
        }

        double?[] values = [.. text.Split(separator, StringSplitOptions.TrimEntries).Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : (double?)null)];
        return values.Length == 3 && values.All(value => value > 0)
            ? [.. values.Select(value => value!.Value)]
            : throw Refusal(option, text, $"three numbers above 0 such as {example}");
    }

    private static InferenceException Refusal(string option, string value, string accepted) =>
        new(InferenceError.UsageInvalid, option.TrimStart('-'), $"{option} is \"{value}\"; accepted: {accepted}.");
}
