using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Server.Jobs;

/// <summary>The side outputs that a request asks for.</summary>
internal static class SideOutputs
{
    /// <summary>Checks their names, before the operation says what shapes they have.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.UsageInvalid"/>: the operation declares no such name, or one is asked for twice.
    /// </exception>
    public static IReadOnlyList<SideVolume> Check(OperationDeclaration operation, IReadOnlyList<string> wanted, VolumeInfo image)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            var name = wanted[i];
            if (operation.SideOutputs.All(side => side.Name != name))
            {
                var accepted = operation.SideOutputs.Count == 0 ? "none" : string.Join(", ", operation.SideOutputs.Select(side => side.Name));
                throw Refusal(i, $"Side output \"{name}\" is not made by {operation.Id}; accepted: {accepted}.");
            }

            if (wanted.Take(i).Contains(name))
            {
                throw Refusal(i, $"Side output \"{name}\" is asked for twice; accepted: once.");
            }
        }

        return [.. wanted.Select(name => new SideVolume(name, image))];
    }

    /// <summary>Gives them the shapes that the operation has planned for one frame.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.VolumeTooLarge"/>: one frame of it does not fit an array.</exception>
    public static IReadOnlyList<SideVolume> Shaped(IReadOnlyList<SideVolume> wanted, FrameJobPlan plan, VolumeInfo image)
    {
        SideVolume[] shaped =
        [
            .. wanted.Select(side => side with
            {
                Info = new VolumeInfo(plan.SideOutputs[side.Name] with { Frames = image.Shape.Frames }, PixelType.Float32) { Calibration = image.Calibration },
            }),
        ];
        return Array.FindIndex(shaped, side => side.FrameBytes > Array.MaxLength) is var large and >= 0
            ? throw new InferenceException(InferenceError.VolumeTooLarge, $"side_outputs[{large}]",
                $"Side output \"{shaped[large].Name}\" takes {shaped[large].FrameBytes} bytes for one frame; accepted: at most {Array.MaxLength}.")
            : shaped;
    }

    /// <summary>Describes one for the client: with the calibration of the image.</summary>
    public static Proto.SideVolume ToProto(SideVolume side, Proto.VolumeDescription image)
    {
        var (volume, shape) = (image.Clone(), side.Info.Shape);
        (volume.SizeT, volume.SizeC, volume.SizeZ, volume.SizeY, volume.SizeX) = (shape.Frames, shape.Channels, shape.Depth, shape.Height, shape.Width);
        volume.PixelType = Proto.PixelType.Float32;
        return new Proto.SideVolume { Name = side.Name, Volume = volume };
    }

    /// <summary>Memory that one frame of an operation is to fill.</summary>
    public static Dictionary<string, Memory<byte>> Buffers(IReadOnlyList<SideVolume> wanted) =>
        wanted.ToDictionary(side => side.Name, side => new Memory<byte>(new byte[side.FrameBytes]), StringComparer.Ordinal);

    private static InferenceException Refusal(int index, string message) => new(InferenceError.UsageInvalid, $"side_outputs[{index}]", message);
}
