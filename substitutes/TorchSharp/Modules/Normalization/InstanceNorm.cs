using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalises each channel of each sample over all further axes.</summary>
public abstract class InstanceNorm : NormBase
{
    private protected InstanceNorm(NormOptions options, string name)
        : base(options, name)
    {
    }

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        if (input.ndim != BatchedDimensions)
        {
            using var batched = input.unsqueeze(0);
            using var result = Normalize(batched);
            return result.squeeze(0);
        }

        return Normalize(input);
    }

    private protected abstract int BatchedDimensions { get; }

    protected abstract void ValidateInputDimensions(Tensor input);

    private Tensor Normalize(Tensor input) =>
        nn.functional.instance_norm(input, running_mean, running_var, weight, bias, training || running_mean is null, momentum ?? 0, eps);
}
