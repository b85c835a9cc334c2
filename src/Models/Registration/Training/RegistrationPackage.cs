using System.Text;
using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Writes a trained registration network as a model package that the server serves.</summary>
public static class RegistrationPackage
{
    private const string TemplateName = "test_template.npy";
    private const string FrameName = "test_frame.npy";
    private const string OutputName = "test_output.npy";
    private const int TestSide = 128;

    // In px: devices round differently, and solving for a field multiplies that, most in small images with little structure (0.004 px here).
    private const double Tolerance = 0.03;

    /// <summary>Writes or replaces the files of a package in a folder, which is made where it is missing.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(string folder, RegistrationTrainingResult result) =>
        TrainedPackageWriter.Write(folder, result.Network, result.Options.Labels, () => Test(result), () => Description(folder, result), result.Options.ReportFolder);

    /// <summary>A simulated pair and what the network makes of it: the user's own stay where they are.</summary>
    private static Dictionary<string, Tensor> Test(RegistrationTrainingResult result)
    {
        var specimen = CleanLight.Phantom(1, 1, CancellationToken.None);
        var light = CleanLight.Of(specimen, 1).First().Target;

        // Background and noise everywhere, as cameras give them: nothing is known where both images are exactly 0.
        var appearance = AppearanceOptions.ShotNoise(100) with { LargestBackground = 0.3, NoisyTemplateShare = 1 };
        var pair = ValidationPair.Create(new CleanImage(specimen.Name, specimen.Height, specimen.Width, light), 1, appearance, 6, TestSide);
        var (template, frame) = (pair.Input[..(TestSide * TestSide)], pair.Input[(TestSide * TestSide)..]);
        return new Dictionary<string, Tensor>
        {
            [TemplateName] = tensor(template, [1, 1, TestSide, TestSide]), [FrameName] = tensor(frame, [1, 1, TestSide, TestSide]),
            [OutputName] = tensor(FlowRun.Find(result.Network, pair, result.Device), [1, 2, TestSide, TestSide]),
        };
    }

    private static string Description(string folder, RegistrationTrainingResult result)
    {
        var (options, labels) = (result.Options, result.Options.Labels);
        var grid = $"{{min: {FlowNetwork.SmallestSide}, step: 1}}";
        var (sameY, sameX) = ("{tensor_id: template, axis_id: y}", "{tensor_id: template, axis_id: x}");
        var data = labels.TrainingData ?? Path.GetFileName(Path.GetFullPath(options.Data));
        var text = new StringBuilder();
        TrainedPackageWriter.Head(text, folder, labels,
            $"Registration network {options.Network}, mode {options.Mode.ToString().ToLowerInvariant()}: how far the content of a template lies from it in a frame, in px along y and x.",
            $"{data} ({result.Data.Training.Count} files to train, {result.Data.ValidationFiles} to validate){(result.Start is { } start ? $", from {start}" : "")}");
        text.AppendLine("inputs:");
        TrainedPackageWriter.Tensor(text, folder, "template", ["intensity"], grid, grid, TemplateName);
        TrainedPackageWriter.Tensor(text, folder, "frame", ["intensity"], sameY, sameX, FrameName);
        text.AppendLine("outputs:");
        TrainedPackageWriter.Tensor(text, folder, "displacement", ["y", "x"], sameY, sameX, OutputName);
        TrainedPackageWriter.Network(text, folder, labels, options.Network, options.NetworkSettings, Tolerance);
        text.AppendLine("    context: global");
        text.AppendLine($"    device_bytes_per_voxel: {result.Network.BytesPerPixel}");
        TrainedPackageWriter.Result(text, labels, result.Outcome);
        return text.ToString();
    }
}
