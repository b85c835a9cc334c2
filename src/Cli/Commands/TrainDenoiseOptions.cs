using System.CommandLine;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Cli;

/// <summary>The options of ib train denoise, with the defaults of <see cref="DenoisingTrainingOptions"/>.</summary>
internal sealed class TrainDenoiseOptions
{
    private static readonly DenoisingTrainingOptions Defaults = new() { Mode = DenoisingMode.Supervised, ReportFolder = "" };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "TIFF, or folder of TIFFs: noisy images; for mode simulated clean ones, or nothing for simulated specimens.", HelpName = "PATH",
    };

    private readonly Option<string?> _clean = new("--clean")
    {
        Description = "For mode supervised: clean images of the same names. Default: the folders noisy and clean in --data.", HelpName = "PATH",
    };

    private readonly Option<DenoisingMode> _mode = new("--mode")
    {
        Description = "What to learn from: supervised pairs, noise2noise (repeated frames), neighbours (stacks, time series), "
            + "noise2void (single images), simulated noise.",
        Required = true,
    };

    private readonly Option<int> _channels = TrainingFlags.Option("--channels", Defaults.Channels, "Neighbouring slices or frames that the network sees, odd.");
    private readonly Option<SequenceAxis> _axis = TrainingFlags.Option("--axis", Defaults.Axis, "Along which axis planes are neighbours or repeats.", "AXIS");
    private readonly Option<double> _brightness = TrainingFlags.Option("--brightness", Defaults.Brightness, "Spread of random brightness, in noise standard deviations.");
    private readonly Option<double> _simulated = TrainingFlags.Option("--simulated-share", Defaults.SimulatedShare, "For mode supervised: share of crops with simulated noise.");
    private readonly Option<double> _fewest = TrainingFlags.Option("--minimum-photons", Defaults.MinimumPhotons, "Simulated noise: fewest photons.");
    private readonly Option<double> _most = TrainingFlags.Option("--maximum-photons", Defaults.MaximumPhotons, "Simulated noise: most photons.");
    private readonly Option<int> _phantoms = TrainingFlags.Option("--phantoms", Defaults.Phantoms, "Number of simulated specimens.");

    private readonly Option<string?> _teacher = new("--teacher")
    {
        Description = "Package of a trained network to learn from as well: knowledge distillation.", HelpName = "FOLDER",
    };

    private readonly Option<double> _distill = TrainingFlags.Option("--distill-weight", Defaults.DistillWeight, "How much the difference to the teacher's output counts.");
    private readonly Option<double> _feature = TrainingFlags.Option("--feature-weight", Defaults.FeatureWeight, "How much the difference to the teacher's features counts.");

    private readonly TrainingFlags _flags = new(
        Defaults, NetworkArchitectures.Names, "sums of mse, l1, gradient, ssim with factors, such as mse+0.1*ssim");

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _data, _clean, _mode, _channels, _axis, _brightness, _simulated, _fewest, _most, _phantoms, _teacher, _distill, _feature,
        ];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }

        _flags.AddTo(command);
    }

    public string Package(ParseResult parsed) => _flags.Package(parsed);

    public DenoisingTrainingOptions Read(ParseResult parsed) => _flags.Read(parsed, new DenoisingTrainingOptions
    {
        Mode = parsed.GetValue(_mode), ReportFolder = _flags.ReportFolder(parsed),
        Data = parsed.GetValue(_data), Clean = parsed.GetValue(_clean),
        Channels = parsed.GetValue(_channels), Axis = parsed.GetValue(_axis), Brightness = parsed.GetValue(_brightness),
        SimulatedShare = parsed.GetValue(_simulated), MinimumPhotons = parsed.GetValue(_fewest), MaximumPhotons = parsed.GetValue(_most),
        Phantoms = parsed.GetValue(_phantoms), Teacher = parsed.GetValue(_teacher),
        DistillWeight = parsed.GetValue(_distill), FeatureWeight = parsed.GetValue(_feature),
    });
}
