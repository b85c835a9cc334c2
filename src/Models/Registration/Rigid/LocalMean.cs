using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// What images are compared without: their means over a neighbourhood of y and x, since those change with the background, the depth and
/// the activity of tissue. The neighbourhood's weights are a triangle along each axis; beyond the faces there is nothing.
/// </summary>
internal static class LocalMean
{
    // Two boxes of this width make the triangle: a standard deviation of 6.9 px.
    internal const int Width = 17;

    /// <summary>The images less their local means; equal to its own adjoint.</summary>
    /// <param name="images">float32, (..., y, x).</param>
    public static Tensor TakenOff(Tensor images)
    {
        if (images.device_type == DeviceType.CPU && images.dtype == ScalarType.Float32)
        {
            return images.sub(LocalMeanCpu.Smoothed(images, Width));
        }

        return images.sub(Boxes(images));
    }

    /// <summary>The local means, by operators that every device has.</summary>
    internal static Tensor Boxes(Tensor images)
    {
        var smooth = images;
        for (var axis = 1; axis <= 2; axis++)
        {
            smooth = Box(Box(smooth, (int)images.Dimensions - axis), (int)images.Dimensions - axis);
        }

        return smooth;
    }

    private static Tensor Box(Tensor images, int axis)
    {
        var size = images.shape[axis];
        var shape = images.shape;
        const int half = Width / 2;
        shape[axis] = size + Width;
        var padded = zeros(shape, images.dtype, images.device);
        padded.narrow(axis, half + 1, size).copy_(images);
        var sums = padded.cumsum(axis);
        return sums.narrow(axis, Width, size).sub(sums.narrow(axis, 0, size)).div_(Width);
    }
}
