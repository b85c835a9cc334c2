using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Gives an image's noise the same strength everywhere: config.inferencebridge.stabilise.</summary>
internal sealed record StabiliseStep(StabilisedDomain Domain) : ProcessingStep, IInvertibleStep
{
    public override Tensor Apply(Tensor tensor, StepContext context) => Domain.Forward(tensor.to_type(ScalarType.Float32));

    public ProcessingStep Inverse() => new UnstabiliseStep(Domain);
}

/// <summary>The exact unbiased inverse of <see cref="StabiliseStep"/>, for what is free of noise.</summary>
internal sealed record UnstabiliseStep(StabilisedDomain Domain) : ProcessingStep
{
    public override Tensor Apply(Tensor tensor, StepContext context) => Domain.Inverse(tensor);
}
