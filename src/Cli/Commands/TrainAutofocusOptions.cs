using System.CommandLine;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Cli;

/// <summary>The options of ib train autofocus, with the defaults of <see cref="DefocusTrainingOptions"/>.</summary>
internal sealed class TrainAutofocusOptions
{
    private static readonly DefocusTrainingOptions Defaults = new() { Data = "", ReportFolder = "" };

    private readonly Option<string> _data = new("--data")
    {
        Description = "Folder of TIFFs: sharp images of what you record, which are defocused.", HelpName = "PATH", Required = true,
    };

    private readonly Option<int> _phantoms = TrainingFlags.Option("--phantoms", Defaults.Phantoms, "Simulated sharp planes to learn from beside the images.");
    private readonly Option<int> _frames = TrainingFlags.Option("--validation-frames", Defaults.ValidationFrames, "Rendered frames to validate by.");
    private readonly Option<double> _symmetric = TrainingFlags.Option("--symmetric-share", Defaults.SymmetricShare, "Share of microscopes without an aberration, whose frames leave the sign open.");
    private readonly Option<double> _tolerance = TrainingFlags.Option("--tolerance", Defaults.Tolerance, "How well aperture and wavelength are known: standard deviation as a part of them.");
    private readonly Option<double> _fewest = TrainingFlags.Option("--minimum-photons", Defaults.MinimumPhotons, "Fewest photons of a pixel of mean light.");
    private readonly Option<double> _most = TrainingFlags.Option("--maximum-photons", Defaults.MaximumPhotons, "Most photons of a pixel of mean light.");

    private readonly TrainingFlags _flags = new(Defaults, DefocusArchitectures.Names, "cross-entropy");

    public void AddTo(Command command)
    {
        Option[] all = [_data, _phantoms, _frames, _symmetric, _tolerance, _fewest, _most];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }

        _flags.AddTo(command);
    }

    public string Package(ParseResult parsed) => _flags.Package(parsed);

    public DefocusTrainingOptions Read(ParseResult parsed) => _flags.Read(parsed, new DefocusTrainingOptions
    {
        Data = parsed.GetRequiredValue(_data), ReportFolder = _flags.ReportFolder(parsed),
        Phantoms = parsed.GetValue(_phantoms), ValidationFrames = parsed.GetValue(_frames), SymmetricShare = parsed.GetValue(_symmetric),
        Tolerance = parsed.GetValue(_tolerance), MinimumPhotons = parsed.GetValue(_fewest), MaximumPhotons = parsed.GetValue(_most),
    });
}
