using System.Globalization;

namespace InferenceBridge.Models.Training;

/// <summary>How to train a network, whatever its task.</summary>
public abstract record NetworkTrainingOptions
{
    /// <param name="network">Default of <see cref="Network"/>.</param>
    /// <param name="crop">Default of <see cref="Crop"/>.</param>
    /// <param name="loss">Default of <see cref="Loss"/>.</param>
    protected NetworkTrainingOptions(string network, int crop, string loss) => (Network, Crop, Loss) = (network, crop, loss);

    /// <summary>Architecture of the network.</summary>
    public string Network { get; init; }

    /// <summary>Further settings of the architecture.</summary>
    public IReadOnlyDictionary<string, string> NetworkSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>Steps (1 to 10⁹); null where <see cref="Minutes"/> decides.</summary>
    public long? Steps { get; init; }

    /// <summary>Minutes (above 0 to 10⁵); null where <see cref="Steps"/> decides. Training then depends on the machine's speed.</summary>
    public double? Minutes { get; init; }

    /// <summary>Crops in a step (1 to 1024; default 8).</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Side of the crops in pixels (16 to 2048).</summary>
    public int Crop { get; init; }

    /// <summary>The same seed gives the same network on the same device (default 1).</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Share of the files that is kept for validation, the last in the order of their names (0.01 to 0.9; default 0.2).</summary>
    public double Validation { get; init; } = 0.2;

    /// <summary>Loss: a sum of terms with factors.</summary>
    public string Loss { get; init; }

    /// <summary>Largest learning rate (1e-7 to 1; default 0.002).</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>How the rate changes (default: one cycle).</summary>
    public ScheduleKind Schedule { get; init; }

    /// <summary>Decay of the weights (0 to 1; default 1e-4).</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Decay of the weights' moving average (0 to below 1; default 0.998).</summary>
    public double AverageDecay { get; init; } = 0.998;

    /// <summary>Validations, evenly spread (1 to 10000; default 20).</summary>
    public int Validations { get; init; } = 20;

    /// <summary>Validations without a better network after which training stops; 0: never (default 10).</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Folder of a package whose network, of this program's, is the beginning of the one to be trained; null for new weights.</summary>
    public string? Start { get; init; }

    /// <summary>Folder of checkpoint, metrics and pictures; it is created.</summary>
    public required string ReportFolder { get; init; }

    /// <summary>Whether to go on from the checkpoint in <see cref="ReportFolder"/>.</summary>
    public bool Resume { get; init; }

    /// <summary>"cpu", "cuda", "cuda:1"; null: a GPU where there is one.</summary>
    public string? Device { get; init; }

    /// <summary>What the package is to say of itself.</summary>
    public PackageLabels Labels { get; init; } = new();

    /// <summary>Checks every option that can be checked without the data.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterOutOfRange"/> or <see cref="InferenceError.InputMissing"/>, naming the option.
    /// </exception>
    public virtual void Validate()
    {
        if ((Steps is null) == (Minutes is null))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "steps",
                "How long to train is told by both or neither of steps and minutes; accepted: one of them.");
        }

        Check("steps", Steps ?? 1, 1, 1e9);
        Check("minutes", Minutes ?? 1, 1e-3, 1e5);
        Check("batch", Batch, 1, 1024);
        Check("crop", Crop, 16, 2048);
        Check("validation", Validation, 0.01, 0.9);
        Check("learning-rate", LearningRate, 1e-7, 1);
        Check("weight-decay", WeightDecay, 0, 1);
        Check("average-decay", AverageDecay, 0, 1 - 1e-9);
        Check("validations", Validations, 1, 10_000);
        Check("patience", Patience, 0, 1e6);
    }

    /// <summary>Settings of the trainer.</summary>
    /// <param name="checkpoint">Path of the checkpoint.</param>
    /// <param name="settings">What else has to be the same for a checkpoint to go on with, by name.</param>
    internal TrainingOptions ForTrainer(string checkpoint, IReadOnlyDictionary<string, string> settings) => new()
    {
        Steps = Steps,
        Duration = Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        Schedule = new LearningRateSchedule(Schedule, LearningRate),
        WeightDecay = WeightDecay, AverageDecay = AverageDecay, Validations = Validations, Patience = Patience, Seed = Seed,
        CheckpointPath = checkpoint,
        Settings = new Dictionary<string, string>(settings)
        {
            ["network"] = Network, ["batch"] = Text(Batch), ["crop"] = Text(Crop), ["seed"] = Text(Seed), ["loss"] = Loss,
            ["validation"] = Text(Validation), ["learning-rate"] = Text(LearningRate), ["schedule"] = Schedule.ToString(),
        },
    };

    internal static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private protected static void Check(string name, double value, double minimum, double maximum)
    {
        // Written so that NaN fails too.
        if (!(value >= minimum && value <= maximum))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, name,
                FormattableString.Invariant($"{name} is {value}; accepted: {minimum} to {maximum}."));
        }
    }
}
