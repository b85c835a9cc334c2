using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Writes a trained network as a model package that the server serves.</summary>
public static class DenoisingPackage
{
    private const string DescriptionName = "rdf.yaml";
    private const string WeightsName = "weights.safetensors";
    private const string InputName = "test_input.npy";
    private const string OutputName = "test_output.npy";
    private const int TestSide = 128;

    /// <summary>Writes or replaces the files of a package in a folder, which is made where it is missing.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(string folder, DenoisingTrainingResult result)
    {
        try
        {
            Directory.CreateDirectory(folder);
            SafetensorsFile.Write(Path.Combine(folder, WeightsName), result.Network.state_dict(), new Dictionary<string, string> { ["format"] = "pt" });
            WriteTest(folder, result);

            // Last, so that whoever finds a description finds what it names.
            var partial = Path.Combine(folder, $".{DescriptionName}.partial");
            System.IO.File.WriteAllText(partial, Description(folder, result));
            System.IO.File.Move(partial, Path.Combine(folder, DescriptionName), overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnwritable, "out",
                $"The package {folder} cannot be written: {fault.Message} The trained network is still in the checkpoint in {result.Options.ReportFolder}.", fault);
        }
    }

    /// <summary>A simulated image and what the network makes of it: the user's own stay where they are.</summary>
    private static void WriteTest(string folder, DenoisingTrainingResult result)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
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
        NpyFile.Write(Path.Combine(folder, InputName), input);
        NpyFile.Write(Path.Combine(folder, OutputName), output);
    }

    private static int TestSize => (TestSide + RaudenNetwork.Grid - 1) / RaudenNetwork.Grid * RaudenNetwork.Grid;

    private static string Description(string folder, DenoisingTrainingResult result)
    {
        var (options, labels, outcome) = (result.Options, result.Options.Labels, result.Outcome);
        var rauden = RaudenOptions.From(options.Network, result.NetworkOptions);
        var grid = RaudenNetwork.Grid;
        var data = labels.TrainingData ?? (options.Data is { } path ? Path.GetFileName(Path.GetFullPath(path)) : "simulated specimens");
        var metrics = string.Join(", ", outcome.BestScore.Figures.Select(figure => Invariant($"{figure.Key}: {figure.Value:0.####}")));
        var text = new StringBuilder();
        text.AppendLine("format_version: 0.5.4");
        text.AppendLine("type: model");
        text.AppendLine($"name: {Quote(labels.Name ?? Path.GetFileName(Path.GetFullPath(folder)))}");
        text.AppendLine($"description: {Quote($"Denoising network {options.Network}, mode {Word(options.Mode)}, {options.Channels} neighbouring plane(s).")}");
        text.AppendLine($"license: {Quote(labels.Licence ?? "not stated")}");
        text.AppendLine($"training_data: {{name: {Quote($"{data} ({result.Data.Files} to train, {result.Data.ValidationFiles} to validate){(result.Teacher is { } teacher ? $", distilled from {teacher}" : "")}")}}}");
        text.AppendLine("inputs:");
        text.AppendLine("- id: noisy");
        Axes(text, options.Channels, Invariant($"{{min: {grid}, step: {grid}}}"), Invariant($"{{min: {grid}, step: {grid}}}"));
        text.AppendLine($"  test_tensor: {File(folder, InputName)}");
        text.AppendLine("outputs:");
        text.AppendLine("- id: denoised");
        Axes(text, 1, "{tensor_id: noisy, axis_id: y}", "{tensor_id: noisy, axis_id: x}");
        text.AppendLine($"  test_tensor: {File(folder, OutputName)}");
        text.AppendLine("config:");
        text.AppendLine("  inferencebridge:");
        if (labels.Operation is { } operation)
        {
            text.AppendLine($"    operation: {Quote(operation)}");
        }

        text.AppendLine("    network:");
        text.AppendLine($"      architecture: {options.Network}");
        text.AppendLine($"      options: {{{string.Join(", ", result.NetworkOptions.Select(option => $"{option.Key}: {Quote(option.Value)}"))}}}");
        text.AppendLine($"      weights: {File(folder, WeightsName)}");
        text.AppendLine(Invariant($"    reach: {{z: 0, y: {rauden.Reach}, x: {rauden.Reach}}}"));
        text.AppendLine(Invariant($"    device_bytes_per_voxel: {rauden.BytesPerPixel}"));
        text.AppendLine("    stabilise: true");
        if (options.Channels > 1)
        {
            text.AppendLine("    channels: slices");
        }

        text.AppendLine($"    metrics: {{{metrics}}}");
        if (labels.Commit is { } commit)
        {
            text.AppendLine($"    commit: {Quote(commit)}");
        }

        return text.ToString();
    }

    private static void Axes(StringBuilder text, int channels, string y, string x)
    {
        text.AppendLine("  axes:");
        text.AppendLine("  - {type: batch}");
        text.AppendLine($"  - {{type: channel, channel_names: [{string.Join(", ", Enumerable.Range(0, channels).Select(i => Invariant($"plane{i}")))}]}}");
        text.AppendLine($"  - {{type: space, id: y, size: {y}}}");
        text.AppendLine($"  - {{type: space, id: x, size: {x}}}");
    }

    private static string File(string folder, string name) =>
        $"{{source: {name}, sha256: {Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(Path.Combine(folder, name))))}}}";

    private static string Word(DenoisingMode mode) => mode.ToString().ToLowerInvariant();

    /// <summary>A YAML string in double quotes, which is JSON's.</summary>
    private static string Quote(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
