namespace InferenceBridge.Models.Training;

/// <summary>How to train a denoising network.</summary>
public sealed record DenoisingTrainingOptions() : NetworkTrainingOptions("rauden-lite", 96, "mse")
{
    /// <summary>What it learns from.</summary>
    public required DenoisingMode Mode { get; init; }

    /// <summary>
    /// The noisy images: a TIFF, or a folder of them; for <see cref="DenoisingMode.Simulated"/> clean images, null being simulated specimens.
    /// </summary>
    public string? Data { get; init; }

    /// <summary>The clean images of <see cref="DenoisingMode.Supervised"/>, of the same names; null: folders "noisy" and "clean" in <see cref="Data"/>.</summary>
    public string? Clean { get; init; }

    /// <summary>Neighbouring slices or frames that the network sees, odd (1 to 15; default 1).</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Along which axis planes are neighbours or repeats (default: slices where there are several, else frames).</summary>
    public SequenceAxis Axis { get; init; }

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
    /// Folder of a package whose network, of this program's and with as many <see cref="Channels"/>, is to be learnt from as well; null for none.
    /// </summary>
    public string? Teacher { get; init; }

    /// <summary>How much the difference to the teacher's output counts, beside <see cref="NetworkTrainingOptions.Loss"/> (0 to 1e6; default 1).</summary>
    public double DistillWeight { get; init; } = 1;

    /// <summary>
    /// How much the difference to the teacher's features counts (0 to 1e6; default 0.1): at 1, features that have nothing of the teacher's count as an
    /// output that is off by the noise.
    /// </summary>
    public double FeatureWeight { get; init; } = 0.1;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Check("channels", Channels, 1, 15);
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
}
