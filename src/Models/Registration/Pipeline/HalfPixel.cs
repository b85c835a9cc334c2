using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// What bilinear interpolation half a pixel away, along y and x, does to an image but moving it: a smoothing by cos(ω/2). On a
/// <see cref="SmoothedImage"/>, whose samples lie two pixels apart, that is cos(ω/4), here to the fourth order of ω; the image has no higher
/// frequencies to speak of.
/// </summary>
internal static class HalfPixel
{
    // a + 4b = 1/32 and a + 16b = 1/512 for the weights a and b of the neighbours at distance 1 and 2.
    private const double Second = -15.0 / 512 / 12;
    private const double First = (1.0 / 32) - (4 * Second);

    /// <param name="image">A smoothed image, (y, x).</param>
    public static Tensor Of(Tensor image) => Along(Along(image, 0), 1);

    private static Tensor Along(Tensor image, int axis)
    {
        var size = image.shape[axis];
        using var padded = Edges.Pad(image, axis, 2, 2, EdgeMode.Symmetric);
        return image.mul(1 - (2 * First) - (2 * Second))
            .add_(padded.narrow(axis, 1, size), alpha: First).add_(padded.narrow(axis, 3, size), alpha: First)
            .add_(padded.narrow(axis, 0, size), alpha: Second).add_(padded.narrow(axis, 4, size), alpha: Second);
    }
}
