using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>A convolution of 3×3 for which an image goes on beyond its edge as its outermost pixels are: zeros there would look like structure.</summary>
internal sealed class EdgeConvolution : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv;

    public EdgeConvolution(int from, int to, int stride = 1)
        : base(nameof(EdgeConvolution))
    {
        conv = nn.Conv2d(from, to, 3, stride: stride);
        RegisterComponents();
    }

    /// <param name="input">(N, C, Y, X).</param>
    /// <returns>(N, C', ⌈Y / stride⌉, ⌈X / stride⌉).</returns>
    public override Tensor forward(Tensor input)
    {
        using var padded = is_grad_enabled() ? Extend(input, 1) : Copy(input);
        return conv.call(padded);
    }

    /// <summary>
    /// Puts the weights' channels last in memory, which on a CPU makes the convolution 1.2 to 1.6 times as fast. Not for training.
    /// </summary>
    public void UseChannelsLast() => ChannelsLast.Use(conv);

    /// <summary>An image extended on all sides by its outermost pixels.</summary>
    public static Tensor Extend(Tensor image, long margin) => nn.functional.pad(image, (margin, margin, margin, margin), PaddingModes.Replicate);

    // The same as Extend without gradients, several times as fast, in the weights' order of channels.
    private Tensor Copy(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (count, channels, rows, columns) = (input.shape[0], input.shape[1], input.shape[2], input.shape[3]);
        var padded = ChannelsLast.IsUsed(conv)
            ? empty([count, rows + 2, columns + 2, channels], input.dtype, input.device).permute(0, 3, 1, 2)
            : empty([count, channels, rows + 2, columns + 2], input.dtype, input.device);
        var inner = padded.narrow(3, 1, columns);
        inner.narrow(2, 1, rows).copy_(input);
        inner.narrow(2, 0, 1).copy_(input.narrow(2, 0, 1));
        inner.narrow(2, rows + 1, 1).copy_(input.narrow(2, rows - 1, 1));
        padded.narrow(3, 0, 1).copy_(padded.narrow(3, 1, 1));
        padded.narrow(3, columns + 1, 1).copy_(padded.narrow(3, columns, 1));
        return padded.MoveToOuterDisposeScope();
    }

    /// <summary>Makes it give 0 whatever it gets.</summary>
    public void SetZero()
    {
        nn.init.zeros_(conv.weight!);
        nn.init.zeros_(conv.bias!);
    }
}
