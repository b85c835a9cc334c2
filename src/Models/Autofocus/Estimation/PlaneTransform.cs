using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Fourier transforms of real values: the frequencies from 0 to half of the length of the last axis, as pairs of real and imaginary part.</summary>
internal static class PlaneTransform
{
    /// <summary>The transform of a plane, height × (width / 2 + 1) pairs.</summary>
    public static float[] Of(float[] plane, int height, int width)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        return Values(fft.rfft2(tensor(plane, [height, width]), [height, width], [0, 1]));
    }

    /// <summary>The transform of a line, length / 2 + 1 pairs.</summary>
    public static float[] Of(float[] line)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        return Values(fft.rfft(tensor(line)));
    }

    private static float[] Values(Tensor transform) => view_as_real(transform).contiguous().data<float>().ToArray();
}
