namespace InferenceBridge.Models.Packages;

/// <summary>Which way a package runs.</summary>
internal static class PackageRoute
{
    /// <summary>
    /// True where an image may be streamed through tile by tile: one tensor in and one out, of one channel (or slices for
    /// channels) and of the same size, with steps that need no more of the image than a first pass over it gives.
    /// </summary>
    public static bool IsTiled(PackageDescription description)
    {
        if (description.Inputs.Count != 1 || description.Outputs.Count != 1)
        {
            return false;
        }

        var (input, output) = (description.Inputs[0], description.Outputs[0]);
        var oneChannel = (input.Channels == 1 || description.Bridge.ChannelsAreSlices) && output.Channels == 1;
        return oneChannel && !input.Has(AxisKind.Time) && !output.Has(AxisKind.Time)
            && TensorLayout.All.All(kind => kind is AxisKind.Channel or AxisKind.Time || IsSameSize(input, output, kind))
            && input.Steps.All(step => step.IsLocal || (step is StatisticalStep { ReferenceTensor: null } statistical && IsOverAll(statistical, input)))
            && output.Steps.All(step => step.IsLocal);
    }

    /// <summary>True where an output is as long as the input along an axis.</summary>
    public static bool IsSameSize(TensorDescription input, TensorDescription output, AxisKind kind) => (input.Axis(kind), output.Axis(kind)) switch
    {
        (null, null) => true,
        (null, { Size: AxisSize.Fixed { Length: 1 } }) => true,
        ({ Size: AxisSize.Fixed a }, { Size: AxisSize.Fixed b }) => a.Length == b.Length,
        ({ } axis, { Size: AxisSize.Reference reference }) =>
            reference.Tensor == input.Id && reference.Axis == axis.Id && reference.Factor == 1 && reference.Offset == 0,
        ({ Size: AxisSize.Stepped a }, { Size: AxisSize.Stepped b }) => a == b,
        _ => false,
    };

    private static bool IsOverAll(StatisticalStep step, TensorDescription input) =>
        input.Axes.All(axis => axis.Kind is AxisKind.Batch or AxisKind.Channel || step.Axes.Contains(axis.Kind));
}
