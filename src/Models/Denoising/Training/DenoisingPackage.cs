using System.Text;
using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Writes a trained denoising network as a model package that the server serves.</summary>
public static class DenoisingPackage
{
    private const string InputName = "test_input.npy";
    private const string OutputName = "test_output.npy";
    private const int TestSide = 128;

    /// <summary>Writes or replaces the files of a package in a folder, which is made where it is missing.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(string folder, DenoisingTrainingResult result) =>
        TrainedPackageWriter.Write(folder, result.Network, result.Options.Labels, () => Test(result), () => Description(folder, result), result.Options.ReportFolder);

    /// <summary>A simulated image and what the network makes of it: the user's own stay where they are.</summary>
    private static Dictionary<string, Tensor> Test(DenoisingTrainingResult result)
    {
        var (channels, side) = (result.Options.Channels, TestSize);
        var light = CleanLight.Phantom(3, 1, CancellationToken.None);
        var random = new SeededRandom(1);
        var planes = PlaneWindow.At(light.Series[0], 2, channels).Select(plane => Array.ConvertAll(
            ValidationImage.Cut(plane, light.Width, 0, 0, side, side),
            photons => (float)Math.Round(100 + (2 * (random.NextPoisson(3 + (0.3 * photons)) + random.NextGaussian()))))).ToArray();
        var pass = new StabilisationPass(new VolumeShape(channels, side, side));
        foreach (var plane in planes)
        {
            pass.Add(0, plane);
        }

        pass.EndReading();
        var step = (StabiliseStep)pass.StepsOf(0)[0];
        var input = tensor(planes.SelectMany(plane => plane).ToArray(), [1, channels, side, side]);
        var output = step.Domain.Inverse(result.Network.call(step.Domain.Forward(input).to(result.Device)).cpu());
        return new Dictionary<string, Tensor> { [InputName] = input, [OutputName] = output };
    }

    private static int TestSize => (TestSide + RaudenNetwork.Grid - 1) / RaudenNetwork.Grid * RaudenNetwork.Grid;

    private static string Description(string folder, DenoisingTrainingResult result)
    {
        var (options, labels) = (result.Options, result.Options.Labels);
        var rauden = RaudenOptions.From(options.Network, result.NetworkOptions);
        var grid = $"{{min: {RaudenNetwork.Grid}, step: {RaudenNetwork.Grid}}}";
        var data = labels.TrainingData ?? (options.Data is { } path ? Path.GetFileName(Path.GetFullPath(path)) : "simulated specimens");
        var text = new StringBuilder();
        TrainedPackageWriter.Head(text, folder, labels,
            $"Denoising network {options.Network}, mode {options.Mode.ToString().ToLowerInvariant()}, {options.Channels} neighbouring plane(s).",
            $"{data} ({result.Data.Files} to train, {result.Data.ValidationFiles} to validate){(result.Teacher is { } teacher ? $", distilled from {teacher}" : "")}");
        text.AppendLine("inputs:");
        TrainedPackageWriter.Tensor(text, folder, "noisy", Enumerable.Range(0, options.Channels).Select(i => $"plane{i}"), grid, grid, InputName);
        text.AppendLine("outputs:");
        TrainedPackageWriter.Tensor(text, folder, "denoised", ["plane0"], "{tensor_id: noisy, axis_id: y}", "{tensor_id: noisy, axis_id: x}", OutputName);
        TrainedPackageWriter.Network(text, folder, labels, options.Network, result.NetworkOptions);
        text.AppendLine($"    reach: {{z: 0, y: {rauden.Reach}, x: {rauden.Reach}}}");
        text.AppendLine($"    device_bytes_per_voxel: {rauden.BytesPerPixel}");
        text.AppendLine("    stabilise: true");
        if (options.Channels > 1)
        {
            text.AppendLine("    channels: slices");
        }

        TrainedPackageWriter.Result(text, labels, result.Outcome);
        return text.ToString();
    }
}
