using InferenceBridge.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Trains a network that tells the defocus of frames.</summary>
public static class DefocusTraining
{
    /// <summary>Trains; the report's folder then has metrics and pictures.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="progress">Told after every step; null: nobody.</param>
    /// <param name="cancellation">Stops between steps, with a checkpoint.</param>
    /// <returns>The trained network, which the caller disposes of.</returns>
    /// <exception cref="InferenceException">An option, or an image: the file, and what is accepted.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static DefocusTrainingResult Run(DefocusTrainingOptions options, Action<TrainingProgress>? progress, CancellationToken cancellation)
    {
        options.Validate();
        manual_seed((long)options.Seed);
        var device = TrainingDevice.Find(options.Device);
        var network = DefocusArchitectures.Create(options.Network, options.NetworkSettings).to(device);
        try
        {
            var start = options.Start is { } folder ? TrainedWeights.Start(folder, network, [options.Network], "ib train autofocus") : null;
            var checkpoint = CheckpointFolder.Prepare(options.ReportFolder, options.Resume);
            var data = options.ZStep is null ? new DefocusDataLoader(options, cancellation).Load() : new StackDataLoader(options, cancellation).Load();
            foreach (var note in data.Notes)
            {
                progress?.Invoke(new TrainingProgress(0, 0, double.NaN, 0, null, null) { Note = note });
            }

            var validator = new DefocusValidator(data.Validation, data.Simulated);
            var trainerOptions = options.ForTrainer(checkpoint, Settings(options, start)) with { LargestGradient = 1 };
            using var trainer = new Trainer(network, Batches(options, data, cancellation), new DefocusObjective(), validator, trainerOptions, device);
            if (options.Resume)
            {
                trainer.Resume(checkpoint);
            }

            var outcome = trainer.Run(progress, cancellation);
            var result = new DefocusTrainingResult(options, network, data, validator, outcome, device) { Start = start };
            DefocusReport.Write(result, cancellation);
            return result;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static IBatchSource Batches(DefocusTrainingOptions options, DefocusData data, CancellationToken cancellation) =>
        data.Stacks.Count == 0 ? SimulatedBatches(options, data, cancellation)
            : !options.IsMixed ? Stacks(options, data)
            : new MixedBatches(Stacks(options, data), SimulatedBatches(options, data, cancellation), options.SimulatedShare, options.Seed);

    private static StackExamples Stacks(DefocusTrainingOptions options, DefocusData data) => new(data.Stacks, options.Batch, options.Seed);

    private static IBatchSource SimulatedBatches(DefocusTrainingOptions options, DefocusData data, CancellationToken cancellation) =>
        DefocusArchitectures.IsSpectral(options.Network)
            ? new MixedBatches(
                Spectral(options, new MadeSpectra(new ObjectSpectra(data.Planes, options.Seed, cancellation), options.Microscopes, options.Exposure)),
                Spectral(options, new RenderedSpectra(data.Planes, options.Microscopes, options.Exposure, options.RenderedFrames, options.Seed)),
                options.RenderedShare, options.Seed)
            : new RenderedExamples(Large(options, data.Planes), options.Microscopes, options.Exposure, options.Batch, options.Crop, options.Seed);

    private static SpectralExamples Spectral(DefocusTrainingOptions options, ISpectra spectra) =>
        new(spectra, options.Microscopes, options.Exposure, options.Batch, options.Seed);

    private static SharpPlane[] Large(DefocusTrainingOptions options, IReadOnlyList<SharpPlane> planes) =>
        planes.Where(plane => Math.Min(plane.Height, plane.Width) >= options.Crop).ToArray() is { Length: > 0 } large
            ? large
            : throw new InferenceException(InferenceError.ShapeMismatch, "crop",
                $"crop is {options.Crop}, more than any image has rows and columns; accepted: smaller crops, or larger images.");

    private static Dictionary<string, string> Settings(DefocusTrainingOptions options, string? start)
    {
        var settings = new Dictionary<string, string>(options.NetworkSettings)
        {
            ["data"] = options.Data, ["phantoms"] = NetworkTrainingOptions.Text(options.Phantoms),
            ["validation-frames"] = NetworkTrainingOptions.Text(options.ValidationFrames),
            ["rendered-share"] = NetworkTrainingOptions.Text(options.RenderedShare), ["rendered-frames"] = NetworkTrainingOptions.Text(options.RenderedFrames),
            ["symmetric-share"] = NetworkTrainingOptions.Text(options.SymmetricShare), ["tolerance"] = NetworkTrainingOptions.Text(options.Tolerance),
            ["minimum-photons"] = NetworkTrainingOptions.Text(options.MinimumPhotons), ["maximum-photons"] = NetworkTrainingOptions.Text(options.MaximumPhotons),
        };
        if (start is not null)
        {
            settings["start"] = start;
        }

        // What focal stacks are read with, or the only microscope.
        var hasOptics = options.ZStep is not null || options.NumericalAperture is not null;
        (string Name, double? Value)[] stated =
        [
            ("z-step", options.ZStep), ("simulated-share", options.ZStep is null ? null : options.SimulatedShare), ("focus-plane", options.FocusPlane),
            ("na", options.NumericalAperture), ("wavelength", options.WavelengthNm), ("index", options.ImmersionIndex), ("spherical", hasOptics ? options.SphericalWaves : null), ("pixel-size", options.PixelSize),
        ];
        foreach (var (name, value) in stated)
        {
            if (value is { } number)
            {
                settings[name] = NetworkTrainingOptions.Text(number);
            }
        }

        return settings;
    }
}
