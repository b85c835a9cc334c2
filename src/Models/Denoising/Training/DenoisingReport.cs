using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>The report of a training: metrics.json, history.csv, curve.png, examples.png.</summary>
internal static class DenoisingReport
{
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(DenoisingTrainingResult result, CancellationToken cancellation)
    {
        var (options, outcome, data) = (result.Options, result.Outcome, result.Data);
        var noisy = data.HeldOut is null ? new ReferenceValidator(data.Images).Noisy(cancellation).Figures : null;
        TrainingReportFiles.Write(options.ReportFolder, new
        {
            options.Mode, options.Network, NetworkSettings = result.NetworkOptions,
            Parameters = result.Network.parameters().Sum(parameter => parameter.numel()),
            Data = options.Data ?? "simulated specimens", options.Clean, data.Files, data.ValidationFiles, Validation = data.Split,
            options.Batch, options.Crop, options.Seed, options.Loss, options.LearningRate, options.Schedule, options.SimulatedShare,
            result.Start, result.Teacher, DistillWeight = result.Teacher is null ? (double?)null : options.DistillWeight,
            FeatureWeight = result.Teacher is null ? (double?)null : options.FeatureWeight,
            Device = result.Device.ToString(), outcome.Steps, outcome.Seconds, outcome.StoppedEarly, outcome.BestStep,
            Noisy = noisy, Best = outcome.BestScore.Figures, outcome.History,
        }, outcome);
        PngWriter.Write(Path.Combine(options.ReportFolder, "examples.png"), Examples(result, cancellation));
    }

    private static Picture Examples(DenoisingTrainingResult result, CancellationToken cancellation)
    {
        var image = result.Data.Images[0];
        using var noisy = NetworkRun.Noisy(image);
        using var denoised = NetworkRun.Denoise(result.Network, image, result.Device);
        using var clean = image.Clean is { } values ? MemoryVolume.FromSingles(values, noisy.Info.Shape) : null;
        List<PicturePanel> panels = [new(noisy, "before"), new(denoised, "after")];
        if (clean is not null)
        {
            panels.Add(new PicturePanel(clean, "target"));
        }

        return BeforeAfterPicture.Create(panels, cancellation: cancellation);
    }
}
