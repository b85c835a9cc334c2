using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// How images are brought into Fourier space to be compared: their mean is taken off, they fade out towards their faces (whose jumps,
/// the same in every frame, would say that nothing moved), and they are padded to sizes that are fast to transform.
/// </summary>
internal sealed class FourierImage : IDisposable
{
    // Of the size, on each side.
    private const double FadeShare = 0.125;

    private readonly Tensor _fade;
    private readonly double _scale;

    /// <param name="depth">Size along z in px; likewise the others.</param>
    /// <param name="height">Along y.</param>
    /// <param name="width">Along x.</param>
    /// <param name="type">float32, or float64.</param>
    /// <param name="device">Where to run.</param>
    public FourierImage(int depth, int height, int width, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        Grid = [FourierSize.AtLeast(depth), FourierSize.AtLeast(height), FourierSize.AtLeast(width)];
        _fade = Fade([depth, height, width], type, device).DetachFromDisposeScope();
        _scale = 1 / _fade.sum().ToDouble();
    }

    /// <summary>Sizes of the grid along z, y and x.</summary>
    public int[] Grid { get; }

    /// <summary>The half spectrum of an image, complex, (z, y, x / 2 + 1).</summary>
    /// <param name="image">(z, y, x).</param>
    public Tensor Transform(Tensor image)
    {
        var mean = image.mul(_fade).sum().mul_(_scale);
        return fft.rfftn(image.sub(mean).mul_(_fade), [Grid[0], Grid[1], Grid[2]], [0, 1, 2]);
    }

    /// <inheritdoc/>
    public void Dispose() => _fade.Dispose();

    private static Tensor Fade(int[] sizes, ScalarType type, Device device)
    {
        Tensor Axis(int axis)
        {
            var shape = new long[] { 1, 1, 1 };
            shape[axis] = sizes[axis];
            return tensor(FadeOf(sizes[axis]), shape, type, device);
        }

        return Axis(0).mul(Axis(1)).mul(Axis(2));
    }

    // A raised cosine at each end; an axis of few pixels has none to spare.
    private static double[] FadeOf(int size)
    {
        var length = size < 4 ? 0 : Math.Max(1, (int)(FadeShare * size));
        var values = new double[size];
        for (var i = 0; i < size; i++)
        {
            var inside = Math.Min(i, size - 1 - i);
            values[i] = inside >= length ? 1 : 0.5 * (1 - Math.Cos(Math.PI * (inside + 1) / (length + 1)));
        }

        return values;
    }
}
