namespace InferenceBridge.Models.Training;

/// <summary>How a network is trained, whatever its task.</summary>
internal sealed record TrainingOptions
{
    /// <summary>Steps to take; null where <see cref="Duration"/> decides.</summary>
    public long? Steps { get; init; }

    /// <summary>Time to take, validation included; null where <see cref="Steps"/> decides. The schedule then follows the clock.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The schedule of the learning rate (default one cycle with a peak of 0.002).</summary>
    public LearningRateSchedule Schedule { get; init; } = new(ScheduleKind.OneCycle, 2e-3);

    /// <summary>AdamW's decay of weights (default 1e-4).</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>AdamW's decay of the squares of gradients, 0 to below 1 (default 0.999).</summary>
    public double SquareDecay { get; init; } = 0.999;

    /// <summary>Norm of all gradients to which larger ones are shortened, above 0; null: none (default).</summary>
    public double? LargestGradient { get; init; }

    /// <summary>Decay of the moving average of the weights, 0 to below 1 (default 0.998); 0: no average.</summary>
    public double AverageDecay { get; init; } = 0.998;

    /// <summary>How often to validate, evenly spread, the end included (default 20).</summary>
    public int Validations { get; init; } = 20;

    /// <summary>Validations without a better network after which training stops; 0: never (default 10).</summary>
    public int Patience { get; init; } = 10;

    /// <summary>How long after a checkpoint the next is written, in addition to those at validations (default 2 minutes).</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Seeds torch's own random numbers at each step.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>File of the checkpoint; null: none is written.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>
    /// What has to be the same for a checkpoint to go on with: names and values, such as ("crop", "96").
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
