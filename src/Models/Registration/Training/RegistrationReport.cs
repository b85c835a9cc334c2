using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>The report of a training: metrics.json, history.csv, curve.png, example.png.</summary>
internal static class RegistrationReport
{
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(RegistrationTrainingResult result, CancellationToken cancellation)
    {
        var (options, outcome, data) = (result.Options, result.Outcome, result.Data);
        TrainingReportFiles.Write(options.ReportFolder, new
        {
            options.Mode, options.Network, options.NetworkSettings, Parameters = result.Network.parameters().Sum(parameter => parameter.numel()),
            options.Data, Files = data.Training.Count, data.ValidationFiles, Validation = data.Split, options.Batch, options.Crop, options.Seed, options.Loss,
            options.SelfLoss, options.SelfShare, options.Vectors, options.LargestLength, options.LargestShift, options.SmallestSigma, options.LargestSigma,
            options.MinimumPhotons, options.MaximumPhotons, options.LearningRate, options.Schedule, result.Start, Device = result.Device.ToString(),
            outcome.Steps, outcome.Seconds, outcome.StoppedEarly, outcome.BestStep, Unmoved = result.Validator.Unmoved(cancellation).Figures,
            Best = outcome.BestScore.Figures, outcome.History,
        }, outcome, isLogarithmic: true);
        PngWriter.Write(Path.Combine(options.ReportFolder, "example.png"), Example(result, cancellation));
    }

    private static Picture Example(RegistrationTrainingResult result, CancellationToken cancellation)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var pair = result.Validator.Example;
        var (size, pixels) = (pair.Size, pair.Size * pair.Size);
        var found = FlowRun.Find(result.Network, pair, result.Device);
        var corrected = FieldWarp.Sample(tensor(pair.Input[pixels..], [1, size, size]), tensor(found, [2, size, size]), Interpolation.Cubic);
        MemoryVolume Volume(float[] values) => MemoryVolume.FromSingles(values, new VolumeShape(1, size, size));
        using var template = Volume(pair.Input[..pixels]);
        using var frame = Volume(pair.Input[pixels..]);
        using var moved = Volume(corrected.contiguous().data<float>().ToArray());
        return MotionPicture.Create(
            [new PicturePanel(template, "template"), new PicturePanel(frame, "frame"), new PicturePanel(moved, "corrected")],
            [new MotionPanel(size, size, found[..pixels], found[pixels..], "found"), new MotionPanel(size, size, pair.Target[..pixels], pair.Target[pixels..], "true")],
            cancellation);
    }
}
