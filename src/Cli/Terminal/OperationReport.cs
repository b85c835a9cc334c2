using InferenceBridge.Client;

namespace InferenceBridge.Cli;

/// <summary>An operation's declaration, for people or as JSON.</summary>
internal static class OperationReport
{
    public static object ToJson(OperationInfo operation) => new
    {
        operation.Id,
        operation.Task,
        operation.Version,
        operation.Summary,
        operation.Description,
        Inputs = operation.Inputs.Select(input => new { input.Name, input.Help, Required = input.IsRequired }),
        Parameters = operation.Parameters.Select(ToJson),
        SideOutputs = operation.SideOutputs.Select(side => new { side.Name, side.Help }),
        OutputPixelType = operation.OutputPixels,
        Provenance = new
        {
            operation.Provenance.Licence, operation.Provenance.Citation,
            operation.Provenance.WeightsSha256, operation.Provenance.TrainingData,
        },
    };

    public static void WriteText(TextWriter output, OperationInfo operation)
    {
        output.WriteLine($"{operation.Id}, version {operation.Version}");
        output.WriteLine(operation.Summary);
        if (operation.Description.Length > 0)
        {
            output.WriteLine();
            output.WriteLine(operation.Description);
        }

        output.WriteLine();
        var inputs = new TextTable("INPUT", "NEEDED", "HELP");
        foreach (var input in operation.Inputs)
        {
            inputs.Add(input.Name, input.IsRequired ? "yes" : "no", input.Help);
        }

        inputs.WriteTo(output);
        output.WriteLine();
        if (operation.SideOutputs.Count > 0)
        {
            var sides = new TextTable("SIDE OUTPUT", "HELP");
            foreach (var side in operation.SideOutputs)
            {
                sides.Add(side.Name, side.Help);
            }

            sides.WriteTo(output);
            output.WriteLine();
        }

        WriteParameters(output, operation.Parameters);
        output.WriteLine();
        WriteProvenance(output, operation);
    }

    private static object ToJson(ParameterInfo parameter) => new
    {
        parameter.Name,
        Type = parameter.Kind,
        parameter.Unit,
        Default = parameter.Default.Value,
        Minimum = parameter.Minimum?.Value,
        Maximum = parameter.Maximum?.Value,
        parameter.Choices,
        parameter.Help,
    };

    private static void WriteParameters(TextWriter output, IReadOnlyList<ParameterInfo> parameters)
    {
        if (parameters.Count == 0)
        {
            output.WriteLine("No parameters.");
            return;
        }

        var table = new TextTable("PARAMETER", "TYPE", "UNIT", "DEFAULT", "RANGE", "HELP");
        foreach (var parameter in parameters)
        {
            var range = parameter.Kind switch
            {
                ParameterKind.Boolean => "true, false",
                ParameterKind.Choice => string.Join(", ", parameter.Choices.Select(choice => choice.Value)),
                _ => $"{parameter.Minimum} to {parameter.Maximum}",
            };
            table.Add(parameter.Name, parameter.Kind.ToString().ToLowerInvariant(), parameter.Unit, parameter.Default.ToString(), range, parameter.Help);
            foreach (var choice in parameter.Choices)
            {
                table.Add("", "", "", "", "", $"- {choice.Value}: {choice.Help}");
            }
        }

        table.WriteTo(output);
    }

    private static void WriteProvenance(TextWriter output, OperationInfo operation)
    {
        var table = new TextTable();
        table.Add("output", operation.OutputPixels switch
        {
            OutputPixelRule.SameAsImage => "pixel type of the image",
            OutputPixelRule.Float32 => "float32",
            _ => "a pixel type that the server chooses",
        } + "; --output-type asks for another");
        foreach (var (name, value) in new[]
        {
            ("licence", operation.Provenance.Licence), ("citation", operation.Provenance.Citation),
            ("weights", operation.Provenance.WeightsSha256), ("training", operation.Provenance.TrainingData),
        })
        {
            if (value.Length > 0)
            {
                table.Add(name, value);
            }
        }

        table.WriteTo(output);
    }
}
