using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Fourier transforms of planes without the cross that the jumps between opposite edges make: of the periodic part of a plane, which is what is left
/// when a smooth image that makes the same jumps is taken off. No window dims the plane, and frequencies stay as sharp as they can be.
/// Source: Moisan 2011, J. Math. Imaging Vis. 39:161.
/// </summary>
/// <param name="height">Rows, 2 or more.</param>
/// <param name="width">Columns, 2 or more.</param>
internal sealed class PeriodicSpectrum(int height, int width)
{
    private readonly (double Cosine, double Sine)[] _rows = Turns(height);
    private readonly (double Cosine, double Sine)[] _columns = Turns(width);

    /// <summary>The transform of a plane, height × (width / 2 + 1) pairs of real and imaginary part, that of frequency 0 as it is.</summary>
    /// <param name="plane">Height × width.</param>
    public float[] Of(float[] plane)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var spectrum = Values(fft.rfft2(tensor(plane, [height, width]), [height, width], [0, 1]));
        var half = (width / 2) + 1;
        var (high, wide) = (new float[width], new float[height]);
        for (var column = 0; column < width; column++)
        {
            high[column] = plane[column] - plane[((height - 1) * width) + column];
        }

        for (var row = 0; row < height; row++)
        {
            wide[row] = plane[row * width] - plane[(row * width) + width - 1];
        }

        var (jumpsDown, jumpsAcross) = (Values(fft.rfft(tensor(high))), Values(fft.rfft(tensor(wide))));
        for (var row = 0; row < height; row++)
        {
            // The upper half of the frequencies mirrors the lower one.
            var (at, sign) = 2 * row <= height ? (row, 1) : (height - row, -1);
            var (down, across) = (_rows[row], (Re: jumpsAcross[2 * at], Im: sign * jumpsAcross[(2 * at) + 1]));
            for (var column = row == 0 ? 1 : 0; column < half; column++)
            {
                var (along, jump) = (_columns[column], (Re: jumpsDown[2 * column], Im: jumpsDown[(2 * column) + 1]));
                var (y, x) = (1 - down.Cosine, 1 - along.Cosine);
                var scale = -1 / (2 * (y + x));

                // Both jumps, at the first and with the other sign at the last row or column: multiplied by 1 - exp(2 pi i k / n).
                var re = (jump.Re * y) + (jump.Im * down.Sine) + (across.Re * x) + (across.Im * along.Sine);
                var im = (jump.Im * y) - (jump.Re * down.Sine) + (across.Im * x) - (across.Re * along.Sine);
                var i = 2 * ((row * half) + column);
                spectrum[i] += (float)(scale * re);
                spectrum[i + 1] += (float)(scale * im);
            }
        }

        return spectrum;
    }

    private static float[] Values(Tensor spectrum) => view_as_real(spectrum).contiguous().data<float>().ToArray();

    private static (double, double)[] Turns(int length) =>
        [.. Enumerable.Range(0, length).Select(k => (Math.Cos(2 * Math.PI * k / length), Math.Sin(2 * Math.PI * k / length)))];
}
