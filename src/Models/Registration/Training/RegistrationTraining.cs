using InferenceBridge.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Trains a registration network on a user's images.</summary>
public static class RegistrationTraining
{
    private const int InputChannels = 2;
    private const int TargetChannels = 2;
    private const int Textures = 48;
    private const int SmallestCrop = 32;

    /// <summary>Trains; the report's folder then has metrics and pictures.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="progress">Told after every step; null: nobody.</param>
    /// <param name="cancellation">Stops between steps, with a checkpoint.</param>
    /// <returns>The trained network, which the caller disposes of.</returns>
    /// <exception cref="InferenceException">An option, or an image: the file, and what is accepted.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RegistrationTrainingResult Run(
        RegistrationTrainingOptions options, Action<TrainingProgress>? progress, CancellationToken cancellation)
    {
        options.Validate();

        // Before the images are read: reading them may take minutes.
        manual_seed((long)options.Seed);
        var device = TrainingDevice.Find(options.Device);
        var network = FlowArchitectures.Create(options.Network, options.NetworkSettings).to(device);
        try
        {
            var start = options.Start is { } folder ? TrainedWeights.Start(folder, network, FlowArchitectures.Names, "ib train registration") : null;
            var checkpoint = CheckpointFolder.Prepare(options.ReportFolder, options.Resume);
            var data = new RegistrationDataLoader(options, cancellation).Load();
            var validator = new FlowValidator(data.Validation, options.LargestLength);

            // Pairs of little structure have now and then gradients that would throw the weights far off.
            var trainerOptions = options.ForTrainer(checkpoint, Settings(options, start)) with { SquareDecay = 0.99, LargestGradient = 1 };
            using var trainer = new Trainer(network, Batches(options, data), Objective(options), validator, trainerOptions, device);
            if (options.Resume)
            {
                trainer.Resume(checkpoint);
            }

            var outcome = trainer.Run(progress, cancellation);
            var result = new RegistrationTrainingResult(options, network, data, validator, outcome, device) { Start = start };
            RegistrationReport.Write(result, cancellation);
            return result;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    internal static IBatchSource Batches(RegistrationTrainingOptions options, RegistrationData data)
    {
        var self = options.Mode == RegistrationMode.Self || options.SelfShare > 0
            ? new BatchSampler(new MovieCrops([.. data.Training.SelectMany(file => file.Movies)]), options.Batch, InputChannels, options.Crop, options.Seed, targets: 0)
            : null;
        if (options.Mode == RegistrationMode.Self)
        {
            return self!;
        }

        // Frames of movies may be small, and all of a small frame is near its edges.
        var pairs = new PairCrops([.. data.Training.Select(file => file.Clean)], Texture.Create(Textures, options.Seed), options.Pairs);
        var (most, fewer, small) = (Sampler(1, 1), Sampler(0.8, 1), Sampler(0.4, 2));
        var known = new VariedBatches([most, most, fewer, small], options.Seed);
        BatchSampler Sampler(double size, int batch) =>
            new(pairs, batch * options.Batch, InputChannels, Math.Max(SmallestCrop, (int)(size * options.Crop)), options.Seed, TargetChannels);
        return self is null ? known : new MixedBatches(known, self, options.SelfShare, options.Seed);
    }

    private static PairObjective Objective(RegistrationTrainingOptions options) =>
        new(FlowLossExpression.Parse("loss", options.Loss), FlowLossExpression.Parse("self-loss", options.SelfLoss));

    private static Dictionary<string, string> Settings(RegistrationTrainingOptions options, string? start)
    {
        var settings = new Dictionary<string, string>(options.NetworkSettings)
        {
            ["mode"] = options.Mode.ToString(), ["data"] = options.Data, ["self-loss"] = options.SelfLoss,
            ["self-share"] = NetworkTrainingOptions.Text(options.SelfShare), ["changed-share"] = NetworkTrainingOptions.Text(options.ChangedShare),
            ["vectors"] = NetworkTrainingOptions.Text(options.Vectors),
            ["length"] = NetworkTrainingOptions.Text(options.LargestLength), ["shift"] = NetworkTrainingOptions.Text(options.LargestShift),
            ["minimum-sigma"] = NetworkTrainingOptions.Text(options.SmallestSigma), ["maximum-sigma"] = NetworkTrainingOptions.Text(options.LargestSigma),
            ["minimum-photons"] = NetworkTrainingOptions.Text(options.MinimumPhotons), ["maximum-photons"] = NetworkTrainingOptions.Text(options.MaximumPhotons),
        };
        if (start is not null)
        {
            settings["start"] = start;
        }

        return settings;
    }
}
