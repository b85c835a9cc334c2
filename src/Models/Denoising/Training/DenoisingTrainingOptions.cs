namespace InferenceBridge.Models.Training;

/// <summary>How to train a denoising network.</summary>
public sealed record DenoisingTrainingOptions
{
    /// <summary>What it learns from.</summary>
    public required DenoisingMode Mode { get; init; }

    /// <summary>
    /// The noisy images: a TIFF, or a folder of them; for <see cref="DenoisingMode.Simulated"/> clean images, null being simulated specimens.
    /// </summary>
    public string? Data { get; init; }

    /// <summary>The clean images of <see cref="DenoisingMode.Supervised"/>, of the same names; null: folders "noisy" and "clean" in <see cref="Data"/>.</summary>
    public string? Clean { get; init; }

    /// <summary>Architecture of the network (default "rauden-lite").</summary>
    public string Network { get; init; } = "rauden-lite";

    /// <summary>Further settings of the architecture.</summary>
    public IReadOnlyDictionary<string, string> NetworkSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>Neighbouring slices or frames that the network sees, odd (1 to 15; default 1).</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Along which axis planes are neighbours or repeats (default: slices where there are several, else frames).</summary>
    public SequenceAxis Axis { get; init; }

    /// <summary>Steps (1 to 10⁹); null where <see cref="Minutes"/> decides.</summary>
    public long? Steps { get; init; }

    /// <summary>Minutes (above 0 to 10⁵); null where <see cref="Steps"/> decides. Training then depends on the machine's speed.</summary>
    public double? Minutes { get; init; }

    /// <summary>Crops in a step (1 to 1024; default 8).</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Side of the crops in pixels (16 to 2048; default 96).</summary>
    public int Crop { get; init; } = 96;

    /// <summary>The same seed gives the same network on the same device (default 1).</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Share of the files that is kept for validation, the last in the order of their names (0.01 to 0.9; default 0.2).</summary>
    public double Validation { get; init; } = 0.2;

    /// <summary>Loss (default "mse"): sums of mse, l1, gradient and ssim with factors.</summary>
    public string Loss { get; init; } = "mse";

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

    /// <summary>Standard deviation of a random brightness, in standard deviations of the noise (0 to 100; default 2).</summary>
    public double Brightness { get; init; } = 2;

    /// <summary>
    /// For <see cref="DenoisingMode.Supervised"/>: share of crops that are clean images or specimens with simulated noise instead (0 to 1; default 0).
    /// </summary>
    public double SimulatedShare { get; init; }

    /// <summary>Fewest photons of simulated noise (0.1 to 10⁶; default 4).</summary>
    public double MinimumPhotons { get; init; } = 4;

    /// <summary>Most photons of simulated noise (<see cref="MinimumPhotons"/> to 10⁶; default 1000).</summary>
    public double MaximumPhotons { get; init; } = 1000;

    /// <summary>Number of simulated specimens, 256×256 pixels with 5 slices each (4 to 1000; default 24).</summary>
    public int Phantoms { get; init; } = 24;

    /// <summary>
    /// Folder of a package whose network, of this program's, is the beginning of the one to be trained, which may be larger; null for new weights.
    /// </summary>
    public string? Start { get; init; }

    /// <summary>
    /// Folder of a package whose network, of this program's and with as many <see cref="Channels"/>, is to be learnt from as well; null for none.
    /// </summary>
    public string? Teacher { get; init; }

    /// <summary>How much the difference to the teacher's output counts, beside <see cref="Loss"/> (0 to 1e6; default 1).</summary>
    public double DistillWeight { get; init; } = 1;

    /// <summary>
    /// How much the difference to the teacher's features counts (0 to 1e6; default 0.1): at 1, features that have nothing of the teacher's count as an
    /// output that is off by the noise.
    /// </summary>
    public double FeatureWeight { get; init; } = 0.1;

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
    public void Validate()
    {
        if ((Steps is null) == (Minutes is null))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "steps",
                "How long to train is told by both or neither of steps and minutes; accepted: one of them.");
        }

        Check("steps", Steps ?? 1, 1, 1e9);
        Check("minutes", Minutes ?? 1, 1e-3, 1e5);
        Check("channels", Channels, 1, 15);
        Check("batch", Batch, 1, 1024);
        Check("crop", Crop, 16, 2048);
        Check("validation", Validation, 0.01, 0.9);
        Check("learning-rate", LearningRate, 1e-7, 1);
        Check("weight-decay", WeightDecay, 0, 1);
        Check("average-decay", AverageDecay, 0, 1 - 1e-9);
        Check("validations", Validations, 1, 10_000);
        Check("patience", Patience, 0, 1e6);
        Check("brightness", Brightness, 0, 100);
        Check("simulated-share", SimulatedShare, 0, 1);
        Check("minimum-photons", MinimumPhotons, 0.1, 1e6);
        Check("maximum-photons", MaximumPhotons, MinimumPhotons, 1e6);
        Check("phantoms", Phantoms, 4, 1000);
        Check("distill-weight", DistillWeight, 0, 1e6);
        Check("feature-weight", FeatureWeight, 0, 1e6);
        if (Teacher is not null && DistillWeight + FeatureWeight == 0)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "distill-weight",
                "distill-weight and feature-weight are 0, so that the teacher would not count; accepted: one of them above 0, or no teacher.");
        }

        if (Channels % 2 == 0)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "channels",
                $"channels is {Channels}; accepted: an odd number, since the middle one is denoised.");
        }

        if (Data is null && Mode != DenoisingMode.Simulated)
        {
            throw new InferenceException(InferenceError.InputMissing, "data",
                $"Mode {Mode.ToString().ToLowerInvariant()} got no data; accepted: a TIFF, or a folder of them.");
        }

        var loss = LossExpression.Parse(Loss);
        if (Mode == DenoisingMode.Noise2Void && !loss.TakesSinglePixels)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "loss",
                $"loss is {Loss}, which compares neighbouring pixels, and mode noise2void judges single ones; accepted: mse, l1.");
        }
    }

    private static void Check(string name, double value, double minimum, double maximum)
    {
        // Written so that NaN fails too.
        if (!(value >= minimum && value <= maximum))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, name,
                FormattableString.Invariant($"{name} is {value}; accepted: {minimum} to {maximum}."));
        }
    }
}
