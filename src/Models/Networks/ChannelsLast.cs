using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>The order in memory in which a pixel's channels follow each other; libtorch keeps it for what passes between layers.</summary>
internal static class ChannelsLast
{
    /// <summary>The same values in this order.</summary>
    /// <param name="tensor">(N, C, Y, X).</param>
    public static Tensor Of(Tensor tensor)
    {
        // libtorch goes by the strides, of axes of one element too, which a permuted copy would leave as they were.
        var (channels, rows, columns) = (tensor.shape[1], tensor.shape[2], tensor.shape[3]);
        return tensor.permute(0, 2, 3, 1).contiguous().as_strided(tensor.shape, [rows * columns * channels, 1, columns * channels, channels]);
    }

    /// <summary>Puts a layer's weights into this order; they then have no gradients.</summary>
    public static void Use(Conv2d layer)
    {
        using var scope = NewDisposeScope();
        layer.weight = nn.Parameter(Of(layer.weight!.detach()), requires_grad: false);
    }

    /// <summary>Whether a layer's weights are in this order.</summary>
    public static bool IsUsed(Conv2d layer) => layer.weight!.stride(1) == 1 && layer.weight.shape[1] > 1;
}
