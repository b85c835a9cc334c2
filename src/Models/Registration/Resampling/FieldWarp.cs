using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Moves images by a displacement field; what lies beyond the image is its nearest pixel.</summary>
internal static class FieldWarp
{
    /// <summary>The image sampled at each pixel plus its displacement.</summary>
    /// <param name="image">float32, (..., y, x); every plane is moved alike.</param>
    /// <param name="field">float32, (2, y, x), in px: along y, then along x. Whole numbers copy pixels exactly.</param>
    /// <param name="interpolation">How values between pixels are made.</param>
    /// <returns>Of the image's shape.</returns>
    public static Tensor Sample(Tensor image, Tensor field, Interpolation interpolation) => image.device_type == DeviceType.CPU
        ? FieldWarpCpu.Sample(image, field, interpolation)
        : Gathered(image, field, interpolation);

    /// <summary>Puts NaN where the sampling of <see cref="Sample"/> left the image.</summary>
    public static void MaskOutside(Tensor image, Tensor field)
    {
        using var scope = NewDisposeScope();
        image.masked_fill_(Outside(field), float.NaN);
    }

    /// <summary>Where the sampling of <see cref="Sample"/> leaves the image: bool, (y, x).</summary>
    public static Tensor Outside(Tensor field) => Outside(field, 0).logical_or(Outside(field, 1));

    /// <summary>The same as <see cref="Sample"/>, by operators that every device has.</summary>
    internal static Tensor Gathered(Tensor image, Tensor field, Interpolation interpolation)
    {
        using var scope = NewDisposeScope();
        var (height, width) = (image.shape[^2], image.shape[^1]);
        var planes = image.reshape(-1, height * width);
        var (rows, vertical) = Taps(field, 0, interpolation);
        var (columns, horizontal) = Taps(field, 1, interpolation);
        var result = zeros_like(planes);
        for (var j = 0; j < rows.Length; j++)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                using var inner = NewDisposeScope();
                var index = rows[j].mul(width).add_(columns[i]).flatten();
                result.add_(planes.index_select(1, index).mul_(vertical[j].mul(horizontal[i]).flatten()));
            }
        }

        return result.reshape(image.shape).MoveToOuterDisposeScope();
    }

    private static Tensor Outside(Tensor field, int axis)
    {
        var position = field[axis].add(Grid(field, axis, ScalarType.Float32));
        return position.lt(0).logical_or(position.gt(field.shape[axis + 1] - 1));
    }

    private static Tensor Grid(Tensor field, int axis, ScalarType type)
    {
        var size = field.shape[axis + 1];
        return arange(0, size, 1, type, field.device).reshape(axis == 0 ? size : 1, axis == 0 ? 1 : size);
    }

    // Pixels and weights by tap, as Resampler.Taps has them for one fraction.
    private static (Tensor[] Pixels, Tensor[] Weights) Taps(Tensor field, int axis, Interpolation interpolation)
    {
        var size = field.shape[axis + 1];
        var whole = field[axis].floor();
        var t = field[axis].sub(whole);
        var first = Grid(field, axis, ScalarType.Int64).add(whole.clamp(-2 * size, 2 * size).to_type(ScalarType.Int64));
        var weights = interpolation == Interpolation.Bilinear
            ? new[] { t.neg().add_(1), t }
            : [
                t.mul(-0.5).add_(1).mul_(t).sub_(0.5).mul_(t),
                t.mul(1.5).sub_(2.5).mul_(t).mul_(t).add_(1),
                t.mul(-1.5).add_(2).mul_(t).add_(0.5).mul_(t),
                t.mul(0.5).sub_(0.5).mul_(t).mul_(t),
            ];
        var offset = interpolation == Interpolation.Bilinear ? 0 : -1;
        return ([.. weights.Select((_, i) => first.add(i + offset).clamp(0, size - 1))], weights);
    }
}
