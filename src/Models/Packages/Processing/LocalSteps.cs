using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Casts; to uint16 and the like as far as libtorch has them.</summary>
internal sealed record EnsureTypeStep(ScalarType Type) : ProcessingStep
{
    public override Tensor Apply(Tensor tensor, StepContext context) => tensor.to_type(Type);
}

/// <summary>1 above a threshold, else 0.</summary>
internal sealed record BinarizeStep(AlongAxis Threshold) : ProcessingStep
{
    public override Tensor Apply(Tensor tensor, StepContext context) => tensor.gt(Threshold.ToTensor(tensor)).to_type(ScalarType.Float32);
}

/// <summary>Keeps values within bounds, either of which may be missing.</summary>
internal sealed record ClipStep(double? Minimum, double? Maximum) : ProcessingStep
{
    public override Tensor Apply(Tensor tensor, StepContext context)
    {
        var low = Minimum is { } minimum ? tensor.clamp_min(minimum) : tensor;
        return Maximum is { } maximum ? low.clamp_max(maximum) : low;
    }
}

/// <summary>
/// (x − <paramref name="Shift"/>) × <paramref name="Gain"/> + <paramref name="Offset"/>: in this order, so that a bright
/// background costs no digits.
/// </summary>
internal sealed record AffineStep(AlongAxis Shift, AlongAxis Gain, AlongAxis Offset) : ProcessingStep, IInvertibleStep
{
    public static AffineStep Of(double shift, double gain) => new(new AlongAxis([shift]), new AlongAxis([gain]), AlongAxis.Zero);

    public override Tensor Apply(Tensor tensor, StepContext context)
    {
        var single = tensor.to_type(ScalarType.Float32);
        var shifted = Shift.IsZero ? single : single.sub(Shift.ToTensor(single));
        var scaled = shifted.mul(Gain.ToTensor(single));
        return Offset.IsZero ? scaled : scaled.add(Offset.ToTensor(single));
    }

    /// <summary>The step that undoes this one, whose values are single ones.</summary>
    public ProcessingStep Inverse() => new AffineStep(Offset, new AlongAxis([1 / Gain.Values[0]]), Shift);
}

/// <summary>1 / (1 + exp(−x)).</summary>
internal sealed record SigmoidStep : ProcessingStep
{
    public override Tensor Apply(Tensor tensor, StepContext context) => tensor.sigmoid();
}

/// <summary>exp(x) over its sum along an axis.</summary>
internal sealed record SoftmaxStep(AxisKind Axis) : ProcessingStep
{
    public override bool IsLocal => Axis == AxisKind.Channel;

    public override Tensor Apply(Tensor tensor, StepContext context) => tensor.softmax((int)Axis);
}
