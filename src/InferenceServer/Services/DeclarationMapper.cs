using System.Diagnostics;
using InferenceBridge.Models;

namespace InferenceBridge.Server.Services;

/// <summary>Declarations of operations as messages.</summary>
internal static class DeclarationMapper
{
    public static Proto.Operation ToProto(OperationDeclaration declaration) => new()
    {
        Id = declaration.Id,
        Task = declaration.Task,
        Version = declaration.Version,
        Summary = declaration.Summary,
        Description = declaration.Description,
        Inputs = { declaration.Inputs.Select(role => new Proto.Input { Name = role.Name, Help = role.Help, Required = role.Required }) },
        Parameters = { declaration.Parameters.Select(ToProto) },
        SideOutputs = { declaration.SideOutputs.Select(side => new Proto.SideOutput { Name = side.Name, Help = side.Help }) },
        Output = new Proto.OutputRule { PixelType = Rule(declaration.ResultPixelType) },
        Provenance = new Proto.Provenance
        {
            Licence = declaration.Provenance.Licence,
            Citation = declaration.Provenance.Citation,
            WeightsSha256 = declaration.Provenance.WeightsSha256,
            TrainingData = declaration.Provenance.TrainingData,
        },
    };

    private static Proto.OutputRule.Types.PixelTypeRule Rule(ResultPixelType rule) => rule switch
    {
        ResultPixelType.SameAsImage => Proto.OutputRule.Types.PixelTypeRule.SameAsImage,
        ResultPixelType.Float32 => Proto.OutputRule.Types.PixelTypeRule.Float32,
        _ => throw new UnreachableException($"Unmapped rule {rule}."),
    };

    private static Proto.Parameter ToProto(ParameterDeclaration parameter)
    {
        var message = new Proto.Parameter { Name = parameter.Name, Help = parameter.Help, Unit = parameter.Unit, Accepted = (parameter as NumberParameter)?.Least is null ? "" : parameter.Accepted };
        switch (parameter)
        {
            case NumberParameter number:
                message.Number = new Proto.NumberParameter { DefaultValue = number.Default, Minimum = number.Minimum, Maximum = number.Maximum };
                break;
            case IntegerParameter integer:
                message.Integer = new Proto.IntegerParameter { DefaultValue = integer.Default, Minimum = integer.Minimum, Maximum = integer.Maximum };
                break;
            case BooleanParameter boolean:
                message.Boolean = new Proto.BooleanParameter { DefaultValue = boolean.Default };
                break;
            case ChoiceParameter choice:
                message.Choice = new Proto.ChoiceParameter
                {
                    DefaultValue = choice.Default,
                    Choices = { choice.Choices.Select(option => new Proto.Choice { Value = option.Value, Help = option.Help }) },
                };
                break;
            default:
                throw new UnreachableException($"Unmapped kind of parameter {parameter.GetType()}.");
        }

        return message;
    }
}
