using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Writes the files of a package, and the lines of its description that every task has.</summary>
internal static class TrainedPackageWriter
{
    public const string WeightsName = "weights.safetensors";

    private const string DescriptionName = "rdf.yaml";

    /// <summary>Writes or replaces the files of a package in a folder, which is made where it is missing.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="network">Its weights; rounded where they are written as 16-bit floats, so that tests are of what is written.</param>
    /// <param name="labels">What its user says of it.</param>
    /// <param name="tests">Test tensors by file name.</param>
    /// <param name="description">Gives the description, once the other files are there.</param>
    /// <param name="reportFolder">Where the checkpoint is, for messages.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(
        string folder, nn.Module network, PackageLabels labels, Func<IReadOnlyDictionary<string, Tensor>> tests, Func<string> description, string reportFolder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            WriteWeights(Path.Combine(folder, WeightsName), network, labels.IsHalf);
            using (no_grad())
            using (NewDisposeScope())
            {
                foreach (var (name, tensor) in tests())
                {
                    NpyFile.Write(Path.Combine(folder, name), tensor);
                }
            }

            // Last, so that whoever finds a description finds what it names.
            var partial = Path.Combine(folder, $".{DescriptionName}.partial");
            System.IO.File.WriteAllText(partial, description());
            System.IO.File.Move(partial, Path.Combine(folder, DescriptionName), overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnwritable, "out",
                $"The package {folder} cannot be written: {fault.Message} The trained network is still in the checkpoint in {reportFolder}.", fault);
        }
    }

    private static void WriteWeights(string path, nn.Module network, bool isHalf)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        IReadOnlyDictionary<string, Tensor> weights = network.state_dict();
        if (isHalf)
        {
            // Counters are no floats, and stay what they are.
            weights = weights.ToDictionary(pair => pair.Key, pair => pair.Value.is_floating_point() ? pair.Value.to(ScalarType.Float16) : pair.Value);
            NetworkWeights.Load(network, weights, network.GetName());
        }

        SafetensorsFile.Write(path, weights, new Dictionary<string, string> { ["format"] = "pt" });
    }

    /// <summary>The lines that every description begins with.</summary>
    public static void Head(StringBuilder text, string folder, PackageLabels labels, string description, string trainingData)
    {
        text.AppendLine("format_version: 0.5.4");
        text.AppendLine("type: model");
        text.AppendLine($"name: {Quote(labels.Name ?? Path.GetFileName(Path.GetFullPath(folder)))}");
        text.AppendLine($"description: {Quote(description)}");
        text.AppendLine($"license: {Quote(labels.Licence ?? "not stated")}");
        text.AppendLine($"training_data: {{name: {Quote(trainingData)}}}");
    }

    /// <summary>A tensor with a batch, channels of these names, y and x.</summary>
    public static void Tensor(StringBuilder text, string folder, string id, IEnumerable<string> channels, string y, string x, string test)
    {
        text.AppendLine($"- id: {id}");
        text.AppendLine("  axes:");
        text.AppendLine("  - {type: batch}");
        text.AppendLine($"  - {{type: channel, channel_names: [{string.Join(", ", channels)}]}}");
        text.AppendLine($"  - {{type: space, id: y, size: {y}}}");
        text.AppendLine($"  - {{type: space, id: x, size: {x}}}");
        text.AppendLine($"  test_tensor: {File(folder, test)}");
    }

    /// <summary>The section of this project, up to the weights.</summary>
    /// <param name="text">Takes the lines.</param>
    /// <param name="folder">The package's folder.</param>
    /// <param name="labels">What the package says of itself.</param>
    /// <param name="architecture">Name of the network.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="tolerance">How far elements of the test output may be off on another device; null for the default.</param>
    public static void Network(
        StringBuilder text, string folder, PackageLabels labels, string architecture, IReadOnlyDictionary<string, string> options, double? tolerance = null)
    {
        text.AppendLine("config:");
        if (tolerance is { } absolute)
        {
            text.AppendLine("  bioimageio:");
            text.AppendLine("    reproducibility_tolerance:");
            text.AppendLine(Invariant($"    - {{absolute_tolerance: {absolute}}}"));
        }

        text.AppendLine("  inferencebridge:");
        if (labels.Operation is { } operation)
        {
            text.AppendLine($"    operation: {Quote(operation)}");
        }

        text.AppendLine("    network:");
        text.AppendLine($"      architecture: {architecture}");
        text.AppendLine($"      options: {{{string.Join(", ", options.Select(option => $"{option.Key}: {Quote(option.Value)}"))}}}");
        text.AppendLine($"      weights: {File(folder, WeightsName)}");
    }

    /// <summary>What training says of the network: the last lines.</summary>
    public static void Result(StringBuilder text, PackageLabels labels, TrainingOutcome outcome)
    {
        var metrics = string.Join(", ", outcome.BestScore.Figures.Select(figure => Invariant($"{figure.Key}: {figure.Value:0.####}")));
        text.AppendLine($"    metrics: {{{metrics}}}");
        if (labels.Commit is { } commit)
        {
            text.AppendLine($"    commit: {Quote(commit)}");
        }
    }

    /// <summary>Numbers as YAML has them.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string File(string folder, string name) =>
        $"{{source: {name}, sha256: {Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(Path.Combine(folder, name))))}}}";

    /// <summary>A YAML string in double quotes, which is JSON's.</summary>
    private static string Quote(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
