using System.Globalization;

namespace InferenceBridge.Models.Packages;

/// <summary>What the catalogue says of a package.</summary>
internal static class PackageDeclaration
{
    /// <summary>Parameter that chooses among several outputs.</summary>
    public const string OutputParameter = "output";

    /// <summary>Parameter of packages that stabilise the noise: what the estimate of its strength is multiplied by.</summary>
    public const string NoiseFactorParameter = "noise_factor";

    /// <summary>Choice of all outputs, one behind another as channels.</summary>
    public const string AllOutputs = "all";

    public static OperationDeclaration Of(string id, PackageDescription description)
    {
        var sha = description.Weights.File.Sha256 ?? "";
        return new OperationDeclaration(id, $"{(description.Version.Length > 0 ? description.Version : "1")}+{sha[..Math.Min(8, sha.Length)]}", OneLine(description.Name))
        {
            Description = Text(description),
            Inputs = [.. description.Inputs.Select((input, i) => new InputRole(InputName(description, i), Help(input)))],
            Parameters = Parameters(description),
            ResultPixelType = ResultPixelType.Float32,
            Provenance = new Provenance
            {
                Licence = description.Licence,
                Citation = description.Citation,
                WeightsSha256 = sha,
                TrainingData = string.Join("; ", new[] { description.TrainingData, description.Bridge.Notes }.Where(text => text.Length > 0)),
            },
        };
    }

    /// <summary>Name of an input in requests: the first is the image.</summary>
    public static string InputName(PackageDescription description, int index) => index == 0 ? InputRole.ImageName
        : description.Inputs[index].Id == InputRole.ImageName ? $"{InputRole.ImageName}_{index}" : description.Inputs[index].Id;

    private static string Text(PackageDescription description)
    {
        var kind = description.Weights.Network is { } network ? $"network {network.Architecture}" : "TorchScript";
        return $"{OneLine(description.Summary).TrimEnd('.')}. A bioimage.io package (format {description.FormatVersion}, {kind}). "
            + $"It takes {string.Join(" and ", description.Inputs.Select(Axes))} and gives {string.Join(" and ", description.Outputs.Select(Axes))}.";
    }

    private static string Help(TensorDescription input) =>
        $"{(input.Summary.Length > 0 ? OneLine(input.Summary).TrimEnd('.') : input.Id)}: {Axes(input)}.";

    private static string Axes(TensorDescription tensor) => $"{tensor.Id} ("
        + string.Join(", ", tensor.Axes.Where(axis => axis.Kind != AxisKind.Batch).Select(axis => $"{axis.Kind.ToString().ToLowerInvariant()}{Size(axis.Size)}")) + ")";

    private static string Size(AxisSize size) => size switch
    {
        AxisSize.Fixed one => string.Create(CultureInfo.InvariantCulture, $" {one.Length}"),
        AxisSize.Stepped stepped => string.Create(CultureInfo.InvariantCulture, $" {stepped.Minimum} + n × {stepped.Step}"),
        _ => "",
    };

    /// <summary>Declares <see cref="NoiseFactorParameter"/>.</summary>
    public static NumberParameter NoiseFactor() => new(NoiseFactorParameter,
        "What the noise that is estimated from the image is multiplied by: above 1 removes more. For images whose neighbouring pixels share their noise, "
        + "which is then estimated too low.", 1, 0.1, 20);

    private static IReadOnlyList<ParameterDeclaration> Parameters(PackageDescription description)
    {
        if (description.Outputs.Count == 1)
        {
            return description.Bridge.Stabilises ? [NoiseFactor()] : [];
        }

        var same = description.Outputs.All(output => TensorLayout.All.All(kind => kind == AxisKind.Channel
            || PackageRoute.IsSameSize(description.Inputs[0], output, kind) || Refers(description, output, kind)));
        var choices = description.Outputs.Select(output => new Choice(output.Id, output.Summary.Length > 0 ? OneLine(output.Summary) : Axes(output)));
        var all = same ? [new Choice(AllOutputs, "All of them, as channels.")] : Enumerable.Empty<Choice>();
        return [new ChoiceParameter(OutputParameter, "Which of the package's outputs to return.", same ? AllOutputs : description.Outputs[0].Id, [.. all, .. choices])];
    }

    // Inputs have the sizes of the first one where outputs of theirs are to be joined.
    private static bool Refers(PackageDescription description, TensorDescription output, AxisKind kind) =>
        description.Inputs.Any(input => PackageRoute.IsSameSize(input, output, kind));

    private static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
