using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// A step before or behind a network, on a tensor along time, channel, z, y, x. Tensors made on the way belong to the caller's
/// dispose scope.
/// </summary>
internal abstract record ProcessingStep
{
    /// <summary>True where every element depends on itself alone, so that the step may run tile by tile.</summary>
    public virtual bool IsLocal => true;

    /// <summary>Name of another tensor whose statistics the step takes; null for none.</summary>
    public virtual string? ReferenceTensor => null;

    public abstract Tensor Apply(Tensor tensor, StepContext context);
}

/// <summary>What a step may look at besides its tensor.</summary>
/// <param name="Joined">Axes that the network does not know: planes and frames that it gets one by one are one sample nevertheless.</param>
/// <param name="References">Other tensors by name, as they came or went before their own steps' end.</param>
internal sealed record StepContext(IReadOnlySet<AxisKind> Joined, IReadOnlyDictionary<string, Tensor> References)
{
    /// <summary>The dimensions that a statistic runs over.</summary>
    public long[] Dimensions(IReadOnlyList<AxisKind> axes) =>
        [.. axes.Where(axis => axis != AxisKind.Batch).Union(Joined).Select(axis => (long)(int)axis).Order()];
}
