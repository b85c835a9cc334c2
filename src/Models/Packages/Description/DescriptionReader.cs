namespace InferenceBridge.Models.Packages;

/// <summary>
/// Reads model descriptions of bioimage.io, format 0.4 and 0.5
/// (https://github.com/bioimage-io/spec-bioimage-io), into one form.
/// </summary>
internal static class DescriptionReader
{
    private static readonly string[] TrainingNames = ["name", "id", "source"];

    /// <param name="text">The YAML document.</param>
    /// <param name="file">Its file name, for errors.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileFormatInvalid"/>: file and field at fault.</exception>
    public static PackageDescription Read(string text, string file)
    {
        var root = YamlDocument.Parse(text, file);
        var version = root["format_version"].RequireText();
        var dialect = Dialect(root, version);
        if (root["type"].Text is { } type && type != "model")
        {
            throw root["type"].Fault("model");
        }

        var inputs = root["inputs"].Require("a list of tensors").Items.Select((field, i) => dialect.Input(root, field, i)).ToArray();
        var outputs = root["outputs"].Require("a list of tensors").Items.Select((field, i) => dialect.Output(root, field, i)).ToArray();
        var description = new PackageDescription(file, version, root["name"].RequireText())
        {
            Summary = root["description"].Text ?? "",
            Version = root["version"].Text ?? "",
            Licence = root["license"].Text ?? "",
            Citation = Citations.Read(root["cite"]),
            TrainingData = TrainingData(root["training_data"]),
            Inputs = [.. inputs.Where(input => !input.IsOptional)],
            Outputs = outputs,
            Weights = WeightsReader.Read(root),
            Bridge = BridgeReader.Read(root["config"]["inferencebridge"]),
            Tolerance = ToleranceReader.Read(root["config"]["bioimageio"]),
        };
        DescriptionRules.Check(root, description);
        return description;
    }

    private static IDialect Dialect(YamlField root, string version)
    {
        var parts = version.Split('.');
        return (parts is ["0", _, ..] ? parts[1] : "") switch
        {
            "4" => new Dialect04(),
            "5" => new Dialect05(),
            _ => throw root["format_version"].Fault("0.4 and 0.5"),
        };
    }

    private static string TrainingData(YamlField field) => field.IsMissing ? ""
        : field.IsText ? field.RequireText()
        : string.Join(", ", TrainingNames.Select(name => field[name]).Where(part => part.IsText).Select(part => part.Text));
}

/// <summary>What differs between versions of the format.</summary>
internal interface IDialect
{
    TensorDescription Input(YamlField root, YamlField field, int index);

    TensorDescription Output(YamlField root, YamlField field, int index);
}
