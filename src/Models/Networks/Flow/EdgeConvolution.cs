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
        using var padded = Extend(input, 1);
        return conv.call(padded);
    }

    /// <summary>An image extended on all sides by its outermost pixels.</summary>
    public static Tensor Extend(Tensor image, long margin) => nn.functional.pad(image, (margin, margin, margin, margin), PaddingModes.Replicate);

    /// <summary>Makes it give 0 whatever it gets.</summary>
    public void SetZero()
    {
        nn.init.zeros_(conv.weight!);
        nn.init.zeros_(conv.bias!);
    }
}
