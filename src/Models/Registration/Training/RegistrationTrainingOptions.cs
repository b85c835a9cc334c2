using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models.Training;

/// <summary>How to train a registration network.</summary>
public sealed record RegistrationTrainingOptions : NetworkTrainingOptions
{
    /// <summary>The defaults: batches of 4 crops of 160 px, the end-point error, a largest learning rate of 0.0015 that falls as a cosine.</summary>
    public RegistrationTrainingOptions()
        : base(FlowOptions.Name, 160, "epe") =>
        (Batch, LearningRate, Schedule) = (4, 1.5e-3, ScheduleKind.Cosine);

    /// <summary>What it learns from (default: supervised).</summary>
    public RegistrationMode Mode { get; init; }

    /// <summary>Images and movies: a TIFF, or a folder of them.</summary>
    public required string Data { get; init; }

    /// <summary>
    /// Loss of <see cref="RegistrationMode.Self"/>, and of the pairs of <see cref="SelfShare"/> (default "lncc+0.1*mse+0.5*smooth"): sums of mse, lncc
    /// and smooth with factors. That of made pairs is <see cref="NetworkTrainingOptions.Loss"/>, which may have epe too.
    /// </summary>
    public string SelfLoss { get; init; } = "lncc+0.1*mse+0.5*smooth";

    /// <summary>For <see cref="RegistrationMode.Supervised"/>: share of steps that learn from the movies' own frames as well (0 to 1; default 0).</summary>
    public double SelfShare { get; init; }

    /// <summary>Vectors whose Gaussians make a field (1 to 1000; default 10).</summary>
    public int Vectors { get; init; } = 10;

    /// <summary>Longest displacement of a made pair, beside the shift, in px (0 to 64; default 8).</summary>
    public double LargestLength { get; init; } = 8;

    /// <summary>Largest shift of a whole frame that is added, in px (0 to 64; default 2).</summary>
    public double LargestShift { get; init; } = 2;

    /// <summary>Least standard deviation of the Gaussians, in px (2 to 1000; default 20).</summary>
    public double SmallestSigma { get; init; } = 20;

    /// <summary>Largest standard deviation of the Gaussians, in px (<see cref="SmallestSigma"/> to 1000; default 60).</summary>
    public double LargestSigma { get; init; } = 60;

    /// <summary>Fewest photons of the brightest structure in a made frame (0.1 to 10⁶; default 5).</summary>
    public double MinimumPhotons { get; init; } = 5;

    /// <summary>Most photons of it (<see cref="MinimumPhotons"/> to 10⁶; default 2000).</summary>
    public double MaximumPhotons { get; init; } = 2000;

    /// <summary>Share of made pairs that also differ in background, read noise, illumination and regions that change (0 to 1; default 0.2).</summary>
    public double ChangedShare { get; init; } = 0.2;

    /// <summary>How pairs are made.</summary>
    internal PairOptions Pairs => new()
    {
        Field = new FieldOptions
        {
            Vectors = Vectors, SmallestSigma = SmallestSigma, LargestSigma = LargestSigma, LongestLength = LargestLength, LargestShift = LargestShift,
        },
        Appearance = new AppearanceOptions { FewestPhotons = MinimumPhotons, MostPhotons = MaximumPhotons, ChangedShare = ChangedShare },
    };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Check("crop", Crop, 32, 2048);
        Check("self-share", SelfShare, 0, 1);
        Check("changed-share", ChangedShare, 0, 1);
        Check("vectors", Vectors, 1, 1000);
        Check("length", LargestLength, 0, 64);
        Check("shift", LargestShift, 0, 64);
        Check("minimum-sigma", SmallestSigma, 2, 1000);
        Check("maximum-sigma", LargestSigma, SmallestSigma, 1000);
        Check("minimum-photons", MinimumPhotons, 0.1, 1e6);
        Check("maximum-photons", MaximumPhotons, MinimumPhotons, 1e6);
        FlowLossExpression.Parse("loss", Loss);
        if (FlowLossExpression.Parse("self-loss", SelfLoss).NeedsTruth)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "self-loss",
                $"self-loss is {SelfLoss}, and epe compares with true displacements, which nobody knows in movies; accepted: sums of mse, lncc and smooth.");
        }
    }
}
