using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalises each channel over the batch and all further axes.</summary>
public abstract class BatchNorm : NormBase
{
    private protected BatchNorm(NormOptions options, string name)
        : base(options, name)
    {
    }

    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var newest = momentum ?? 0;
        if (training && num_batches_tracked is not null)
        {
            num_batches_tracked.add_(1);
            newest = momentum ?? (1.0 / num_batches_tracked.ToInt64());
        }

        return nn.functional.batch_norm(input, running_mean, running_var, weight, bias, training || running_mean is null, newest, eps);
    }

    protected abstract void ValidateInputDimensions(Tensor input);
}
