using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>The report of a training: metrics.json, history.csv, curve.png, confusion.png.</summary>
internal static class DefocusReport
{
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(DefocusTrainingResult result, CancellationToken cancellation)
    {
        var (options, outcome, data) = (result.Options, result.Outcome, result.Data);
        TrainingReportFiles.Write(options.ReportFolder, new
        {
            options.Network, options.NetworkSettings, Parameters = result.Network.parameters().Sum(parameter => parameter.numel()),
            options.Data, data.Files, data.ValidationFiles, Validation = data.Split, options.Phantoms, options.ValidationFrames, options.SymmetricShare, SimulatedShare = options.IsMixed ? options.SimulatedShare : (double?)null,
            options.Tolerance, options.MinimumPhotons, options.MaximumPhotons, options.Batch, options.Crop, options.Seed, options.LearningRate, options.Schedule,
            result.Start, Device = result.Device.ToString(), outcome.Steps, outcome.Seconds, outcome.StoppedEarly, outcome.BestStep,
            Best = outcome.BestScore.Figures, outcome.History,
        }, outcome);
        using var grad = no_grad();
        DefocusFrame[] frames = [.. result.Validator.Frames, .. result.Validator.Simulated];
        var probabilities = DefocusRun.Probabilities(result.Network, frames, result.Device, cancellation);
        var visible = frames.Zip(probabilities).Where(pair => pair.First.SignVisible)
            .Select(pair => (pair.First.Defocus, Array.IndexOf(pair.Second, pair.Second.Max())));
        PngWriter.Write(Path.Combine(options.ReportFolder, "confusion.png"), ConfusionPicture.Create(DefocusClasses.Count, visible.Select(v => (DefocusClasses.Of(v.Defocus), v.Item2))));
    }
}
