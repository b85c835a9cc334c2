using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// Means over windows. Where a network would pool over the whole image, a mean over a window of fixed size lets it look as far as it
/// needs and no farther, so that an image cut into tiles with a halo gives what the whole gives.
/// </summary>
internal static class LocalMean
{
    /// <summary>Mean over a square around every pixel; what lies beyond the image does not count.</summary>
    /// <param name="features">(N, C, Y, X).</param>
    /// <param name="size">Edge of the square in px, odd.</param>
    public static Tensor Around(Tensor features, int size) =>
        nn.functional.avg_pool2d(features, size, stride: 1, padding: size / 2, count_include_pad: false);

    /// <summary>Mean over squares side by side.</summary>
    /// <param name="features">(N, C, Y, X); sizes are multiples of the edge.</param>
    /// <param name="size">Edge of the squares in px.</param>
    public static Tensor Of(Tensor features, int size) => nn.functional.avg_pool2d(features, size, stride: size);

    /// <summary>Bilinear enlargement.</summary>
    public static Tensor Enlarge(Tensor features, int factor) =>
        nn.functional.interpolate(features, scale_factor: [factor, factor], mode: InterpolationMode.Bilinear, align_corners: false);
}
