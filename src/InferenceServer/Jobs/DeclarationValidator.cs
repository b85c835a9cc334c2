using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Server.Jobs;

/// <summary>Turns a declaration from the wire into a job, or refuses it naming the field, its value and what is accepted.</summary>
internal sealed class DeclarationValidator(OperationCatalog catalog, InferenceServerOptions options)
{
    public JobRequest Validate(Proto.Declaration declaration)
    {
        var operation = catalog.Find(declaration.Operation);
        var parameters = ParameterSet.Create(operation.Declaration.Parameters,
            declaration.Parameters.ToDictionary(pair => pair.Key, pair => Value(pair.Key, pair.Value)));
        InputRoles.Check(operation.Declaration, declaration.Inputs);
        var image = declaration.Inputs[0];
        var info = VolumeDescriptions.Check(image.Name, image.Volume, options.MaxVolumeBytes);
        AuxiliaryInput[] auxiliaries =
        [
            .. declaration.Inputs.Skip(1).Select(input => new AuxiliaryInput(
                input.Name, VolumeDescriptions.Check(input.Name, input.Volume, options.MaxAuxiliaryBytes))),
        ];
        var request = new JobRequest
        {
            Operation = operation,
            Parameters = parameters,
            Image = operation.Declaration.JoinsFrames ? Joined(info) : info,
            Auxiliaries = auxiliaries,
            Statistics = DeclaredStatistics.Check(image.Name, image.Statistics),
            OutputPixelType = OutputPixelType(operation, info, declaration.OutputPixelType),
            Description = image.Volume,
            WantsFrameNumbers = declaration.FrameNumbers,
            SideOutputs = SideOutputs.Check(operation.Declaration, declaration.SideOutputs, info),
        };
        if (IsOnFrames(operation))
        {
            return WithFrames(request, (IFrameOperation)operation);
        }

        return operation is IVolumeOperation volumes ? request with { Made = volumes.Plan(request.ForOperation(options)) } : request;
    }

    // One that takes planes one by one needs no frames.
    private static bool IsOnFrames(IOperation operation) => operation is IFrameOperation and not IPlaneOperation;

    private static JobRequest WithFrames(JobRequest request, IFrameOperation operation)
    {
        var image = request.Image;
        var plan = operation.Plan(request.ForFrames(image.Shape.Frames));
        var shape = plan.Result with { Frames = image.Shape.Frames };
        return request with { Frames = plan, SideOutputs = SideOutputs.Shaped(request.SideOutputs, plan, image), Made = shape == image.Shape ? null : new VolumeJobPlan(shape, image.Calibration) };
    }

    // The planes of a movie come in the order of its frames, as those of a stack come in that of its slices.
    private static VolumeInfo Joined(VolumeInfo image) => image.Shape is { Depth: 1, Channels: 1, Frames: > 1 } shape
        ? image with { Shape = shape with { Frames = 1, Depth = shape.Frames } }
        : image;

    private static object Value(string name, Proto.ParameterValue value) => value.KindCase switch
    {
        Proto.ParameterValue.KindOneofCase.Number => value.Number,
        Proto.ParameterValue.KindOneofCase.Integer => value.Integer,
        Proto.ParameterValue.KindOneofCase.Boolean => value.Boolean,
        Proto.ParameterValue.KindOneofCase.Choice => value.Choice,
        _ => throw new InferenceException(InferenceError.ParameterTypeMismatch, $"parameters.{name}",
            $"Parameter {name} has no value; accepted: one of number, integer, boolean, choice."),
    };

    private static PixelType OutputPixelType(IOperation operation, VolumeInfo image, Proto.PixelType asked)
    {
        const string field = "output_pixel_type";
        if (asked == Proto.PixelType.Unspecified)
        {
            return operation.Declaration.ResultPixelType == ResultPixelType.Float32 ? PixelType.Float32 : image.PixelType;
        }

        var type = VolumeDescriptions.CheckPixelType(field, asked);
        return operation is ITensorOperation or IVolumeOperation || IsOnFrames(operation) || type == image.PixelType
            ? type
            : throw new InferenceException(InferenceError.PixelTypeUnsupported, field,
                $"{field} is {type.Name()}; accepted for {operation.Declaration.Id}: the image's, {image.PixelType.Name()}.");
    }
}
