using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Moves images by parts of a pixel, axis by axis.</summary>
internal static class Resampler
{
    /// <summary>The image sampled at each pixel plus a displacement; what lies beyond it is its nearest pixel.</summary>
    /// <param name="image">Any type of floating point, (..., z, y, x), at least three axes.</param>
    /// <param name="displacement">In px. Whole numbers copy pixels exactly; 0 gives the image itself.</param>
    /// <param name="interpolation">How values between pixels are made.</param>
    /// <returns>Of the image's shape; the image itself where nothing moves.</returns>
    public static Tensor Shift(Tensor image, Displacement displacement, Interpolation interpolation)
    {
        var first = (int)image.Dimensions - 3;
        var isFast = image.device_type == DeviceType.CPU && image.dtype == ScalarType.Float32;
        for (var axis = 0; axis < (isFast ? 1 : 3); axis++)
        {
            if (displacement[axis] != 0)
            {
                image = ShiftAxis(image, first + axis, displacement[axis], interpolation);
            }
        }

        return isFast && (displacement.Y != 0 || displacement.X != 0) ? ShiftCpu.Shift(image, displacement.Y, displacement.X, interpolation) : image;
    }

    /// <summary>Puts NaN where the sampling of <see cref="Shift"/> left the image.</summary>
    public static void MaskOutside(Tensor image, Displacement displacement)
    {
        var first = (int)image.Dimensions - 3;
        for (var axis = 0; axis < 3; axis++)
        {
            var (size, d) = (image.shape[first + axis], displacement[axis]);
            var count = Math.Min(size, (long)Math.Ceiling(Math.Abs(d)));
            if (count > 0)
            {
                image.narrow(first + axis, d > 0 ? size - count : 0, count).fill_(float.NaN);
            }
        }
    }

    /// <summary>Weights of the pixels from <c>First</c> on, for a position of <paramref name="fraction"/> beyond pixel 0.</summary>
    internal static (int First, double[] Weights) Taps(double fraction, Interpolation interpolation)
    {
        var t = fraction;
        if (t == 0)
        {
            return (0, [1]);
        }

        return interpolation == Interpolation.Bilinear
            ? (0, [1 - t, t])
            : (-1,
            [
                ((-0.5 * t + 1) * t - 0.5) * t,
                ((1.5 * t - 2.5) * t * t) + 1,
                (((-1.5 * t + 2) * t) + 0.5) * t,
                (0.5 * t - 0.5) * t * t,
            ]);
    }

    private static Tensor ShiftAxis(Tensor image, int axis, double displacement, Interpolation interpolation)
    {
        var size = image.shape[axis];
        var whole = Math.Floor(displacement);
        var (first, weights) = Taps(displacement - whole, interpolation);
        var start = (int)Math.Clamp(whole + first, -2 * size, 2 * size);
        var (before, after) = (Math.Max(0, -start), Math.Max(0, start + weights.Length - 1));
        var padded = Edges.Pad(image, axis, before, after, EdgeMode.Nearest);
        var result = padded.narrow(axis, before + start, size).mul(weights[0]);
        for (var i = 1; i < weights.Length; i++)
        {
            result.add_(padded.narrow(axis, before + start + i, size), alpha: weights[i]);
        }

        return result;
    }
}
