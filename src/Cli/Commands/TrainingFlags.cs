using System.CommandLine;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Cli;

/// <summary>The options that every ib train command has.</summary>
internal sealed class TrainingFlags
{
    private readonly Option<string> _package = new("--out") { Description = "Folder to write the model package to.", HelpName = "FOLDER", Required = true };
    private readonly Option<string?> _report = new("--report") { Description = "Folder of checkpoint, metrics and pictures. Default: OUT-training.", HelpName = "FOLDER" };
    private readonly Option<string> _network;

    private readonly Option<string[]> _settings = new("--set")
    {
        Description = "Setting of the architecture, such as width=24; may be repeated.", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<long?> _steps = new("--steps") { Description = "Steps to train.", HelpName = "NUMBER" };
    private readonly Option<double?> _minutes = new("--minutes") { Description = "Minutes to train, in place of --steps. Default without either: 30.", HelpName = "NUMBER" };
    private readonly Option<int> _batch;
    private readonly Option<int> _crop;
    private readonly Option<ulong> _seed;
    private readonly Option<double> _validation;
    private readonly Option<int> _validations;
    private readonly Option<int> _patience;
    private readonly Option<string> _loss;
    private readonly Option<double> _rate;
    private readonly Option<ScheduleKind> _schedule;
    private readonly Option<double> _decay;
    private readonly Option<double> _average;

    private readonly Option<string?> _start = new("--start")
    {
        Description = "Package of a trained network to begin from, of the same size or smaller. Default: new weights.", HelpName = "FOLDER",
    };

    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the checkpoint." };
    private readonly Option<string?> _device = new("--device") { Description = "cpu, cuda, cuda:1. Default: a GPU where there is one.", HelpName = "NAME" };
    private readonly Option<string?> _name = new("--name") { Description = "Name of the package. Default: that of its folder.", HelpName = "TEXT" };
    private readonly Option<string?> _operation = new("--operation") { Description = "Id of its operation, such as denoise/cells. Default: run/FOLDER.", HelpName = "ID" };
    private readonly Option<bool> _half = new("--half") { Description = "Write weights as 16-bit floats: half of the size." };
    private readonly Option<string?> _licence = new("--licence") { Description = "Licence of the weights.", HelpName = "TEXT" };
    private readonly Option<string?> _about = new("--training-data") { Description = "The images and their licence, in words. Default: the name of --data.", HelpName = "TEXT" };
    private readonly Option<string?> _commit = new("--commit") { Description = "Commit of the program that trains, to be told by the package.", HelpName = "TEXT" };

    /// <param name="defaults">Their defaults.</param>
    /// <param name="architectures">Networks that can be trained.</param>
    /// <param name="losses">Losses that there are, in words.</param>
    public TrainingFlags(NetworkTrainingOptions defaults, IEnumerable<string> architectures, string losses)
    {
        _network = Option("--network", defaults.Network, $"Architecture: {string.Join(", ", architectures)}.", "NAME");
        _batch = Option("--batch", defaults.Batch, "Crops in a step.");
        _crop = Option("--crop", defaults.Crop, "Side of the crops in pixels.");
        _seed = Option("--seed", defaults.Seed, "The same seed and steps make the same network on the same device.");
        _validation = Option("--validation", defaults.Validation, "Share of the files kept for validation: the last by name.");
        _validations = Option("--validations", defaults.Validations, "How often to validate.");
        _patience = Option("--patience", defaults.Patience, "Validations without a better network before it stops; 0: never.");
        _loss = Option("--loss", defaults.Loss, $"Loss: {losses}.", "LOSS");
        _rate = Option("--learning-rate", defaults.LearningRate, "Largest learning rate.");
        _schedule = Option("--schedule", defaults.Schedule, "How the learning rate changes.", "KIND");
        _decay = Option("--weight-decay", defaults.WeightDecay, "AdamW's decay of the weights.");
        _average = Option("--average-decay", defaults.AverageDecay, "Decay of the weights' moving average; 0: none.");
    }

    public void AddTo(Command command)
    {
        Option[] all =
        [
            _package, _report, _network, _settings, _steps, _minutes, _batch, _crop, _seed, _validation, _validations, _patience, _loss, _rate, _schedule,
            _decay, _average, _start, _resume, _device, _name, _operation, _licence, _about, _commit, _half,
        ];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }
    }

    public string Package(ParseResult parsed) => Path.TrimEndingDirectorySeparator(parsed.GetRequiredValue(_package));

    /// <summary>Folder of checkpoint and report.</summary>
    public string ReportFolder(ParseResult parsed) => parsed.GetValue(_report) ?? Package(parsed) + "-training";

    /// <summary>The options of a task, with what every task has.</summary>
    public T Read<T>(ParseResult parsed, T task)
        where T : NetworkTrainingOptions
    {
        var (steps, minutes) = (parsed.GetValue(_steps), parsed.GetValue(_minutes));
        return (T)((NetworkTrainingOptions)task with
        {
            Network = parsed.GetValue(_network)!, NetworkSettings = Settings(parsed.GetValue(_settings) ?? []),
            Steps = steps, Minutes = steps is null && minutes is null ? 30 : minutes,
            Batch = parsed.GetValue(_batch), Crop = parsed.GetValue(_crop), Seed = parsed.GetValue(_seed),
            Validation = parsed.GetValue(_validation), Validations = parsed.GetValue(_validations), Patience = parsed.GetValue(_patience),
            Loss = parsed.GetValue(_loss)!, LearningRate = parsed.GetValue(_rate), Schedule = parsed.GetValue(_schedule),
            WeightDecay = parsed.GetValue(_decay), AverageDecay = parsed.GetValue(_average),
            Start = parsed.GetValue(_start), Resume = parsed.GetValue(_resume), Device = parsed.GetValue(_device),
            Labels = new PackageLabels
            {
                Name = parsed.GetValue(_name), Operation = parsed.GetValue(_operation), Licence = parsed.GetValue(_licence),
                TrainingData = parsed.GetValue(_about), Commit = parsed.GetValue(_commit), IsHalf = parsed.GetValue(_half),
            },
        });
    }

    /// <summary>An option with a default.</summary>
    public static Option<T> Option<T>(string name, T value, string description, string helpName = "NUMBER") => new(name)
    {
        Description = description, HelpName = helpName, DefaultValueFactory = _ => value,
    };

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
}
