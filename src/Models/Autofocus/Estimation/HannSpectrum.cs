using System.Numerics.Tensors;

namespace InferenceBridge.Models;

/// <summary>
/// What a Hann window along both axes makes of the Fourier transform of a plane. The window, 0.5 − 0.5·cos(2πn/N), has three frequencies: along each axis
/// half of a frequency's value is left, and a quarter of each of its neighbours' is taken off. That is faster than another transform.
/// </summary>
/// <param name="height">Rows, 4 or more.</param>
/// <param name="width">Columns, 4 or more.</param>
internal sealed class HannSpectrum(int height, int width)
{
    private const float Own = 0.5f;
    private const float Neighbour = -0.25f;

    private readonly int _half = (width / 2) + 1;

    /// <summary>Sum of the squares of the window: 3/8 along each axis.</summary>
    public double Squares { get; } = 9.0 / 64 * height * width;

    /// <summary>A row of the transform of the plane under the window, after its mean under the window was taken off.</summary>
    /// <param name="transform">The transform of the plane as it is, height × (width / 2 + 1) pairs of real and imaginary part.</param>
    /// <param name="row">Which row.</param>
    /// <param name="target">Takes width / 2 + 1 pairs.</param>
    public void Row(ReadOnlySpan<float> transform, int row, Span<float> target)
    {
        // With what lies beyond both ends: the other half of the frequencies mirrors this one.
        Span<float> along = stackalloc float[2 * (_half + 2)];
        Across(transform, row, along[2..^2]);
        var (mirror, last) = (row == 0 ? 0 : height - row, (width - 1) / 2);
        Mirrored(transform, mirror, 1, along[..2]);
        Mirrored(transform, mirror, last, along[^2..]);
        TensorPrimitives.Add(along[..^4], along[4..], target);
        TensorPrimitives.Multiply(target, Neighbour, target);
        TensorPrimitives.MultiplyAdd(along[2..^2], Own, target, target);
        if (Math.Min(row, height - row) <= 1)
        {
            TakeOffMean(transform, row, target);
        }
    }

    private void Across(ReadOnlySpan<float> transform, int row, Span<float> target)
    {
        TensorPrimitives.Add(Line(transform, row - 1), Line(transform, row + 1), target);
        TensorPrimitives.Multiply(target, Neighbour, target);
        TensorPrimitives.MultiplyAdd(Line(transform, row), Own, target, target);
    }

    private ReadOnlySpan<float> Line(ReadOnlySpan<float> transform, int row) => transform.Slice((row + height) % height * 2 * _half, 2 * _half);

    // The same as Across, of one column, for a negative frequency.
    private void Mirrored(ReadOnlySpan<float> transform, int row, int column, Span<float> target)
    {
        for (var part = 0; part < 2; part++)
        {
            var at = (2 * column) + part;
            var value = (Own * Line(transform, row)[at]) + (Neighbour * (Line(transform, row - 1)[at] + Line(transform, row + 1)[at]));
            target[part] = part == 0 ? value : -value;
        }
    }

    // An even plane has nine frequencies under the window; that at 0 shall be 0.
    private void TakeOffMean(ReadOnlySpan<float> transform, int row, Span<float> target)
    {
        double Of(int y, int x) => (y == 0 ? Own : Neighbour) * (x == 0 ? Own : Neighbour);
        var sum = 0.0;
        for (var y = -1; y <= 1; y++)
        {
            var line = Line(transform, y);
            sum += (Of(y, 0) * line[0]) + (2 * Of(y, 1) * line[2]);
        }

        var mean = sum / Of(0, 0);
        target[0] -= (float)(mean * Of(row, 0));
        target[2] -= (float)(mean * Of(row, 1));
    }
}
