using System.CommandLine;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Cli;

/// <summary>The options of ib train denoise, with the defaults of <see cref="DenoisingTrainingOptions"/>.</summary>
internal sealed class TrainOptions
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

    private readonly Option<string> _package = new("--out") { Description = "Folder to write the model package to.", HelpName = "FOLDER", Required = true };
    private readonly Option<string?> _report = new("--report") { Description = "Folder of checkpoint, metrics and pictures. Default: OUT-training.", HelpName = "FOLDER" };
    private readonly Option<string> _network = Option("--network", Defaults.Network, $"Architecture: {string.Join(", ", NetworkArchitectures.Names)}.", "NAME");
    private readonly Option<string[]> _settings = new("--set")
    {
        Description = "Setting of the architecture, such as width=24; may be repeated.", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _channels = Option("--channels", Defaults.Channels, "Neighbouring slices or frames that the network sees, odd.");
    private readonly Option<SequenceAxis> _axis = Option("--axis", Defaults.Axis, "Along which axis planes are neighbours or repeats.", "AXIS");
    private readonly Option<long?> _steps = new("--steps") { Description = "Steps to train.", HelpName = "NUMBER" };
    private readonly Option<double?> _minutes = new("--minutes") { Description = "Minutes to train, in place of --steps. Default without either: 30.", HelpName = "NUMBER" };
    private readonly Option<int> _batch = Option("--batch", Defaults.Batch, "Crops in a step.");
    private readonly Option<int> _crop = Option("--crop", Defaults.Crop, "Side of the crops in pixels.");
    private readonly Option<ulong> _seed = Option("--seed", Defaults.Seed, "The same seed and steps make the same network on the same device.");
    private readonly Option<double> _validation = Option("--validation", Defaults.Validation, "Share of the files kept for validation: the last by name.");
    private readonly Option<int> _validations = Option("--validations", Defaults.Validations, "How often to validate.");
    private readonly Option<int> _patience = Option("--patience", Defaults.Patience, "Validations without a better network before it stops; 0: never.");
    private readonly Option<string> _loss = Option("--loss", Defaults.Loss, "Loss: sums of mse, l1, gradient, ssim with factors, such as mse+0.1*ssim.", "LOSS");
    private readonly Option<double> _rate = Option("--learning-rate", Defaults.LearningRate, "Largest learning rate.");
    private readonly Option<ScheduleKind> _schedule = Option("--schedule", Defaults.Schedule, "How the learning rate changes.", "KIND");
    private readonly Option<double> _decay = Option("--weight-decay", Defaults.WeightDecay, "AdamW's decay of the weights.");
    private readonly Option<double> _average = Option("--average-decay", Defaults.AverageDecay, "Decay of the weights' moving average; 0: none.");
    private readonly Option<double> _brightness = Option("--brightness", Defaults.Brightness, "Spread of random brightness, in noise standard deviations.");
    private readonly Option<double> _simulated = Option("--simulated-share", Defaults.SimulatedShare, "For mode supervised: share of crops with simulated noise.");
    private readonly Option<double> _fewest = Option("--minimum-photons", Defaults.MinimumPhotons, "Simulated noise: fewest photons.");
    private readonly Option<double> _most = Option("--maximum-photons", Defaults.MaximumPhotons, "Simulated noise: most photons.");
    private readonly Option<int> _phantoms = Option("--phantoms", Defaults.Phantoms, "Number of simulated specimens.");
    private readonly Option<string?> _start = new("--start")
    {
        Description = "Package of a trained network to begin from, of the same size or smaller. Default: new weights.", HelpName = "FOLDER",
    };

    private readonly Option<string?> _teacher = new("--teacher")
    {
        Description = "Package of a trained network to learn from as well: knowledge distillation.", HelpName = "FOLDER",
    };

    private readonly Option<double> _distill = Option("--distill-weight", Defaults.DistillWeight, "How much the difference to the teacher's output counts.");
    private readonly Option<double> _feature = Option("--feature-weight", Defaults.FeatureWeight, "How much the difference to the teacher's features counts.");
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the checkpoint." };
    private readonly Option<string?> _device = new("--device") { Description = "cpu, cuda, cuda:1. Default: a GPU where there is one.", HelpName = "NAME" };

    private readonly Option<string?> _name = new("--name") { Description = "Name of the package. Default: that of its folder.", HelpName = "TEXT" };
    private readonly Option<string?> _operation = new("--operation") { Description = "Id of its operation, such as denoise/cells. Default: run/FOLDER.", HelpName = "ID" };
    private readonly Option<string?> _licence = new("--licence") { Description = "Licence of the weights.", HelpName = "TEXT" };
    private readonly Option<string?> _about = new("--training-data") { Description = "The images and their licence, in words. Default: the name of --data.", HelpName = "TEXT" };
    private readonly Option<string?> _commit = new("--commit") { Description = "Commit of the program that trains, to be told by the package.", HelpName = "TEXT" };

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _data, _clean, _mode, _package, _report, _network, _settings, _channels, _axis, _steps, _minutes, _batch, _crop, _seed, _validation,
            _validations, _patience, _loss, _rate, _schedule, _decay, _average, _brightness, _simulated, _fewest, _most, _phantoms,
            _start, _teacher, _distill, _feature, _resume, _device,
            _name, _operation, _licence, _about, _commit,
        ];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }
    }

    public string Package(ParseResult parsed) => Path.TrimEndingDirectorySeparator(parsed.GetRequiredValue(_package));

    public DenoisingTrainingOptions Read(ParseResult parsed)
    {
        var (steps, minutes) = (parsed.GetValue(_steps), parsed.GetValue(_minutes));
        return new DenoisingTrainingOptions
        {
            Mode = parsed.GetValue(_mode), Data = parsed.GetValue(_data), Clean = parsed.GetValue(_clean),
            Network = parsed.GetValue(_network)!, NetworkSettings = Settings(parsed.GetValue(_settings) ?? []),
            Channels = parsed.GetValue(_channels), Axis = parsed.GetValue(_axis),
            Steps = steps, Minutes = steps is null && minutes is null ? 30 : minutes,
            Batch = parsed.GetValue(_batch), Crop = parsed.GetValue(_crop), Seed = parsed.GetValue(_seed),
            Validation = parsed.GetValue(_validation), Validations = parsed.GetValue(_validations), Patience = parsed.GetValue(_patience),
            Loss = parsed.GetValue(_loss)!, LearningRate = parsed.GetValue(_rate), Schedule = parsed.GetValue(_schedule),
            WeightDecay = parsed.GetValue(_decay), AverageDecay = parsed.GetValue(_average), Brightness = parsed.GetValue(_brightness),
            SimulatedShare = parsed.GetValue(_simulated), MinimumPhotons = parsed.GetValue(_fewest), MaximumPhotons = parsed.GetValue(_most),
            Phantoms = parsed.GetValue(_phantoms), Start = parsed.GetValue(_start), Teacher = parsed.GetValue(_teacher),
            DistillWeight = parsed.GetValue(_distill),
            FeatureWeight = parsed.GetValue(_feature), Resume = parsed.GetValue(_resume), Device = parsed.GetValue(_device),
            Labels = new PackageLabels
            {
                Name = parsed.GetValue(_name), Operation = parsed.GetValue(_operation), Licence = parsed.GetValue(_licence),
                TrainingData = parsed.GetValue(_about), Commit = parsed.GetValue(_commit),
            },
            ReportFolder = parsed.GetValue(_report) ?? Package(parsed) + "-training",
        };
    }

    private static Dictionary<string, string> Settings(IEnumerable<string> pairs)
    {
        var settings = new Dictionary<string, string>();
        foreach (var pair in pairs)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || !settings.TryAdd(pair[..at], pair[(at + 1)..]))
            {
                throw new InferenceException(InferenceError.UsageInvalid, "set",
                    $"--set is \"{pair}\"; accepted: NAME=VALUE, each name once.");
            }
        }

        return settings;
    }

    private static Option<T> Option<T>(string name, T value, string description, string helpName = "NUMBER") => new(name)
    {
        Description = description, HelpName = helpName, DefaultValueFactory = _ => value,
    };
}
