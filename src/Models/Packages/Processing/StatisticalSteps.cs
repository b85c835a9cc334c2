using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>A step that takes statistics over axes of a tensor, and is affine in the elements.</summary>
/// <param name="Axes">Axes that the statistics run over.</param>
/// <param name="Epsilon">Keeps the divisor from 0.</param>
internal abstract record StatisticalStep(IReadOnlyList<AxisKind> Axes, double Epsilon) : ProcessingStep
{
    public override bool IsLocal => false;

    /// <summary>What it needs to know.</summary>
    public abstract Statistic Needs { get; }

    /// <summary>The step once the two numbers are known.</summary>
    public abstract AffineStep Resolve(double first, double second);
}

/// <summary>Subtracts the mean and divides by the standard deviation: zero_mean_unit_variance.</summary>
internal sealed record StandardiseStep(IReadOnlyList<AxisKind> Axes, double Epsilon) : StatisticalStep(Axes, Epsilon)
{
    public override Statistic Needs { get; } = new Statistic.Moments();

    public override AffineStep Resolve(double first, double second) => AffineStep.Of(first, 1 / (second + Epsilon));

    public override Tensor Apply(Tensor tensor, StepContext context)
    {
        var (mean, deviation) = TensorStatistics.Moments(tensor, context.Dimensions(Axes));
        return tensor.to_type(ScalarType.Float32).sub(mean).div(deviation.add(Epsilon));
    }
}

/// <summary>Maps two percentiles to 0 and 1: scale_range.</summary>
/// <param name="Axes">Axes that the percentiles run over.</param>
/// <param name="Epsilon">Keeps the divisor from 0.</param>
/// <param name="Lower">Lower percentile, 0 to 100.</param>
/// <param name="Upper">Upper percentile, above the lower one.</param>
/// <param name="Reference">Tensor that gives the percentiles; null for the one that is scaled.</param>
internal sealed record ScaleRangeStep(IReadOnlyList<AxisKind> Axes, double Epsilon, double Lower, double Upper, string? Reference)
    : StatisticalStep(Axes, Epsilon)
{
    public override Statistic Needs => new Statistic.Percentiles(Lower, Upper);

    public override string? ReferenceTensor => Reference;

    public override AffineStep Resolve(double first, double second) => AffineStep.Of(first, 1 / (second - first + Epsilon));

    public override Tensor Apply(Tensor tensor, StepContext context)
    {
        var source = Reference is null ? tensor : context.References[Reference];
        var (low, high) = TensorStatistics.Percentiles(source, context.Dimensions(Axes), Lower, Upper);
        return tensor.to_type(ScalarType.Float32).sub(low).div(high.sub(low).add(Epsilon));
    }
}

/// <summary>Gives a tensor the mean and the standard deviation of another one: scale_mean_variance.</summary>
internal sealed record MatchMomentsStep(IReadOnlyList<AxisKind> Axes, double Epsilon, string Reference) : ProcessingStep
{
    public override bool IsLocal => false;

    public override string? ReferenceTensor => Reference;

    public override Tensor Apply(Tensor tensor, StepContext context)
    {
        var dimensions = context.Dimensions(Axes);
        var (mean, deviation) = TensorStatistics.Moments(tensor, dimensions);
        var (wantedMean, wantedDeviation) = TensorStatistics.Moments(context.References[Reference], dimensions);
        return tensor.sub(mean).div(deviation.add(Epsilon)).mul(wantedDeviation.add(Epsilon)).add(wantedMean);
    }
}
