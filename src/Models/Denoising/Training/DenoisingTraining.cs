using System.Globalization;
using InferenceBridge.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Trains a denoising network on a user's images.</summary>
public static class DenoisingTraining
{
    private const int HeldOutBatches = 8;
    private const ulong HeldOutSeed = 0xD1B54A32D192ED03;

    /// <summary>Trains; the report's folder then has metrics and pictures.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="progress">Told after every step; null: nobody.</param>
    /// <param name="cancellation">Stops between steps, with a checkpoint.</param>
    /// <returns>The trained network, which the caller disposes of.</returns>
    /// <exception cref="InferenceException">An option, or an image: the file, and what is accepted.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static DenoisingTrainingResult Run(
        DenoisingTrainingOptions options, Action<TrainingProgress>? progress, CancellationToken cancellation)
    {
        options.Validate();
        var settings = new Dictionary<string, string>(options.NetworkSettings) { ["channels"] = options.Channels.ToString(CultureInfo.InvariantCulture) };

        // Before the images are read: reading them may take minutes.
        manual_seed((long)options.Seed);
        var device = TrainingDevice.Find(options.Device);
        var network = NetworkArchitectures.Create(options.Network, settings).to(device);
        try
        {
            using var start = options.Start is { } trained ? TrainedNetwork.Load("start", trained, device) : null;
            if (start is not null)
            {
                RaudenGrowth.Take(start.Network, start.Options, (RaudenNetwork)network, RaudenOptions.From(options.Network, settings));
            }

            using var teacher = Teacher(options, device);
            using var distillation = teacher is null ? null : new DistillationObjective(
                LossExpression.Parse(options.Loss), (RaudenNetwork)network, teacher.Network, options.DistillWeight, options.FeatureWeight, device);
            var checkpoint = CheckpointFolder.Prepare(options.ReportFolder, options.Resume);
            var data = new DenoisingDataLoader(options, cancellation).Load();
            var batches = new BatchSampler(data.Crops, options.Batch, options.Channels, options.Crop, options.Seed);
            using var trainer = new Trainer(
                network, batches, distillation ?? (IObjective)new LossObjective(LossExpression.Parse(options.Loss)), Validator(options, data),
                Training(options, settings, start, teacher, checkpoint), device);
            if (options.Resume)
            {
                trainer.Resume(checkpoint);
            }

            var outcome = trainer.Run(progress, cancellation);
            var result = new DenoisingTrainingResult(options, network, settings, data, outcome, device)
            {
                Start = start is null ? null : $"{start.Name} ({start.Sha256})",
                Teacher = teacher is null ? null : $"{teacher.Name} ({teacher.Sha256})",
            };
            DenoisingReport.Write(result, cancellation);
            return result;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static TrainedNetwork? Teacher(DenoisingTrainingOptions options, Device device)
    {
        if (options.Teacher is not { } folder)
        {
            return null;
        }

        var teacher = TrainedNetwork.Load("teacher", folder, device);
        if (teacher.Options.Channels is var seen && seen != options.Channels)
        {
            teacher.Dispose();
            throw new InferenceException(InferenceError.ShapeMismatch, "teacher",
                $"teacher {folder} sees {seen} planes, and channels is {options.Channels}; accepted: a teacher that sees as many as its student.");
        }

        return teacher;
    }

    private static IValidator Validator(DenoisingTrainingOptions options, DenoisingData data) => data.HeldOut is { } heldOut
        ? new HeldOutValidator(new BatchSampler(heldOut, options.Batch, options.Channels, options.Crop, options.Seed ^ HeldOutSeed), HeldOutBatches)
        : new ReferenceValidator(data.Images);

    private static TrainingOptions Training(DenoisingTrainingOptions options, Dictionary<string, string> network, TrainedNetwork? start, TrainedNetwork? teacher, string checkpoint)
    {
        var settings = new Dictionary<string, string>
        {
            ["mode"] = options.Mode.ToString(), ["data"] = options.Data ?? "simulated specimens", ["clean"] = options.Clean ?? "none",
            ["brightness"] = NetworkTrainingOptions.Text(options.Brightness), ["simulated-share"] = NetworkTrainingOptions.Text(options.SimulatedShare),
        };
        if (start is not null)
        {
            settings["start"] = start.Sha256;
        }

        if (teacher is not null)
        {
            // The weights and not where they lie: a folder may move.
            settings["teacher"] = teacher.Sha256;
            settings["distill-weight"] = NetworkTrainingOptions.Text(options.DistillWeight);
            settings["feature-weight"] = NetworkTrainingOptions.Text(options.FeatureWeight);
        }

        foreach (var (name, value) in network)
        {
            settings[name] = value;
        }

        return options.ForTrainer(checkpoint, settings);
    }
}
