using System.Numerics.Tensors;

namespace InferenceBridge.Models;

/// <summary>
/// Fourier transforms of planes without the cross that the jumps between opposite edges make: of the periodic part of a plane, which is what is left
/// when a smooth image that makes the same jumps is taken off. No window dims the plane, and frequencies stay as sharp as they can be.
/// Source: Moisan 2011, J. Math. Imaging Vis. 39:161.
/// </summary>
internal sealed class PeriodicSpectrum
{
    private readonly int _height;
    private readonly int _width;

    // Of each frequency along the columns: 1 - cos of its turn from pixel to pixel, twice; and what 1 - exp(i turn), of which that is the real part,
    // makes of a real and of an imaginary number.
    private readonly float[] _steps;
    private readonly float[] _ofReal;
    private readonly float[] _ofImaginary;

    /// <param name="height">Rows, 2 or more.</param>
    /// <param name="width">Columns, 2 or more.</param>
    public PeriodicSpectrum(int height, int width)
    {
        (_height, _width) = (height, width);
        var turns = Enumerable.Range(0, (width / 2) + 1).Select(column => Turn(column, width)).ToArray();
        _steps = [.. turns.SelectMany(turn => new[] { turn.Step, turn.Step })];
        _ofReal = [.. turns.SelectMany(turn => new[] { turn.Step, -turn.Sine })];
        _ofImaginary = [.. turns.SelectMany(turn => new[] { turn.Sine, turn.Step })];
    }

    /// <summary>The jumps of a plane, height × width, between its opposite edges.</summary>
    public EdgeJumps Jumps(ReadOnlySpan<float> plane)
    {
        var (down, across) = (new float[_width], new float[_height]);
        TensorPrimitives.Subtract(plane[.._width], plane[^_width..], down);
        for (var row = 0; row < _height; row++)
        {
            across[row] = plane[row * _width] - plane[(row * _width) + _width - 1];
        }

        return new EdgeJumps(PlaneTransform.Of(down), PlaneTransform.Of(across));
    }

    /// <summary>A row of the transform of the periodic part, with frequency 0 as it is.</summary>
    /// <param name="transform">The transform of the plane, height × (width / 2 + 1) pairs of real and imaginary part.</param>
    /// <param name="jumps">Of the plane.</param>
    /// <param name="row">Which row.</param>
    /// <param name="target">Takes width / 2 + 1 pairs.</param>
    public void Row(ReadOnlySpan<float> transform, EdgeJumps jumps, int row, Span<float> target)
    {
        var own = transform.Slice(row * _steps.Length, _steps.Length);
        var (step, sine) = Turn(row, _height);
        var (re, im) = jumps.AcrossAt(row, _height);

        // Both jumps, at the first and with the other sign at the last row or column: multiplied by 1 - exp(2 pi i k / n); then solved for the image of
        // which that is the Laplacian.
        TensorPrimitives.Multiply(jumps.Down, step, target);
        TensorPrimitives.MultiplyAdd(jumps.DownTurned, sine, target, target);
        TensorPrimitives.MultiplyAdd(_ofReal, re, target, target);
        TensorPrimitives.MultiplyAdd(_ofImaginary, im, target, target);
        Span<float> laplacian = stackalloc float[_steps.Length];
        TensorPrimitives.Add(_steps, step, laplacian);
        TensorPrimitives.Divide(target, laplacian, target);
        TensorPrimitives.MultiplyAdd(target, -0.5f, own, target);
        if (row == 0)
        {
            own[..2].CopyTo(target);
        }
    }

    private static (float Step, float Sine) Turn(int frequency, int length)
    {
        var (sine, cosine) = Math.SinCos(2 * Math.PI * frequency / length);
        return ((float)(1 - cosine), (float)sine);
    }
}
