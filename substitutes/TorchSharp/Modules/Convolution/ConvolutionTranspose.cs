using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What transposed convolutions have in common.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    private protected ConvolutionTranspose(string name, ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
        : base(name, shape with { Transposed = true }, bias, padding_mode, device, dtype)
    {
    }

    public override Tensor forward(Tensor input) => forward(input, null);

    /// <param name="output_size">Which of the sizes that a strided convolution would reduce to the input's; null for the smallest.</param>
    public abstract Tensor forward(Tensor input, long[]? output_size);

    public Tensor call(Tensor input, long[]? output_size) => forward(input, output_size);

    private protected long[] OutputPadding(Tensor input, long[]? output_size)
    {
        CheckChannels(input);
        if (output_size is null)
        {
            return output_padding;
        }

        var axes = kernel_size.Length;
        var sizes = output_size.TakeLast(axes).ToArray();
        var extra = new long[axes];
        for (var i = 0; i < axes; i++)
        {
            var smallest = ((input.shape[^(axes - i)] - 1) * stride[i]) - (2 * padding![i]) + (dilation[i] * (kernel_size[i] - 1)) + 1;
            extra[i] = sizes[i] - smallest;
            if (extra[i] < 0 || extra[i] >= stride[i])
            {
                throw new ArgumentException(
                    $"Axis {i} of the output can have {smallest} to {smallest + stride[i] - 1} elements, not {sizes[i]}.", nameof(output_size));
            }
        }

        return extra;
    }
}
