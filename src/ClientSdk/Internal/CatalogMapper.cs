using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>The catalogue's messages as records of the SDK.</summary>
internal static class CatalogMapper
{
    public static ServerInfo ToServerInfo(Proto.ServerInfo info) => new(info.Version)
    {
        Devices = [.. info.Devices.Select(device => new DeviceInfo(device.Id, device.Name, device.MemoryBytes))],
        TorchVersion = info.TorchVersion,
        MaxChunkBytes = info.MaxChunkBytes,
        MaxVolumeBytes = info.MaxVolumeBytes,
    };

    public static OperationInfo ToOperationInfo(Proto.Operation operation) =>
        new(operation.Id, operation.Task, operation.Version)
        {
            Summary = operation.Summary,
            Description = operation.Description,
            Inputs = [.. operation.Inputs.Select(input => new InputInfo(input.Name, input.Help, input.Required))],
            // A kind of parameter that a newer server may have cannot be shown; its default holds.
            Parameters = [.. operation.Parameters.Select(ToParameterInfo).OfType<ParameterInfo>()],
            SideOutputs = [.. operation.SideOutputs.Select(side => new SideOutputInfo(side.Name, side.Help))],
            OutputPixels = operation.Output?.PixelType switch
            {
                Proto.OutputRule.Types.PixelTypeRule.SameAsImage => OutputPixelRule.SameAsImage,
                Proto.OutputRule.Types.PixelTypeRule.Float32 => OutputPixelRule.Float32,
                _ => OutputPixelRule.Unknown,
            },
            Provenance = ToProvenance(operation.Provenance ?? new Proto.Provenance()),
        };

    private static ProvenanceInfo ToProvenance(Proto.Provenance provenance) =>
        new(provenance.Licence, provenance.Citation, provenance.WeightsSha256, provenance.TrainingData);

    private static ParameterInfo? ToParameterInfo(Proto.Parameter parameter)
    {
        var info = ToBareParameter(parameter);
        return info is null ? null : info with { Help = parameter.Help, Unit = parameter.Unit, AcceptedText = parameter.Accepted };
    }

    private static ParameterInfo? ToBareParameter(Proto.Parameter parameter) => parameter.KindCase switch
    {
        Proto.Parameter.KindOneofCase.Number =>
            new ParameterInfo(parameter.Name, ParameterKind.Number, parameter.Number.DefaultValue)
            {
                Minimum = parameter.Number.Minimum,
                Maximum = parameter.Number.Maximum,
            },
        Proto.Parameter.KindOneofCase.Integer =>
            new ParameterInfo(parameter.Name, ParameterKind.Integer, parameter.Integer.DefaultValue)
            {
                Minimum = parameter.Integer.Minimum,
                Maximum = parameter.Integer.Maximum,
            },
        Proto.Parameter.KindOneofCase.Boolean =>
            new ParameterInfo(parameter.Name, ParameterKind.Boolean, parameter.Boolean.DefaultValue),
        Proto.Parameter.KindOneofCase.Choice =>
            new ParameterInfo(parameter.Name, ParameterKind.Choice, parameter.Choice.DefaultValue)
            {
                Choices = [.. parameter.Choice.Choices.Select(choice => new ChoiceInfo(choice.Value, choice.Help))],
            },
        _ => null,
    };
}
