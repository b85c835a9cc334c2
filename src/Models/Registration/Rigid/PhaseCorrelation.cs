using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Finds how far an image lies from a template: phase correlation, first to a whole pixel, then to a part of one by a discrete Fourier
/// transform of a small and finely sampled neighbourhood (Guizar-Sicairos, Thurman, Fienup, Opt. Lett. 33, 156, 2008,
/// doi:10.1364/OL.33.000156). Frequencies in which the template stands far above the noise count the same, as in phase correlation; the
/// others count by how far they do, as in a matched filter.
/// </summary>
internal sealed class PhaseCorrelation : IDisposable
{
    /// <summary>Samples of the fine neighbourhood in one px; a parabola through the highest three goes below that.</summary>
    public const int Upsampling = 20;

    // The whole pixel is off by half a pixel at most, and a little more where noise moves it.
    private const int FineReach = 15;

    // Of the mean power, where there is no noise.
    private const double SmallestNoise = 1e-5;

    // Frequencies below this signal-to-noise ratio of power count by it: equal weights for all that stand above the noise, as in plain
    // phase correlation, let those that hardly do spoil the others.
    private const double WhitenedFrom = 300;

    // The fading is the same in every frame and draws displacements towards 0; of what is left after the frame was moved, it draws
    // less and less. Few slices fade out over most of them.
    private const int Rounds = 3;
    private const int StackRounds = 5;
    private const double SmallUpdate = 0.03;
    private const double LargestDraw = 0.6;

    private readonly FourierImage _fourier;
    private readonly int[] _reach;
    private readonly Tensor _lowPass;
    private readonly ScalarType _type;
    private Tensor? _conjugate;
    private Tensor? _power;

    /// <param name="sizes">Sizes along z, y and x.</param>
    /// <param name="largest">Largest displacement along each, in whole px; no more than half of what is left of an axis counts.</param>
    /// <param name="smoothing">Standard deviation of the Gaussian that the correlation is smoothed with, in px.</param>
    /// <param name="type">float32, or float64.</param>
    /// <param name="device">Where to run.</param>
    public PhaseCorrelation(int[] sizes, int[] largest, double smoothing, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        _type = type;
        _fourier = new FourierImage(sizes[0], sizes[1], sizes[2], type, device);
        _reach = [.. sizes.Select((size, axis) => Math.Max(0, Math.Min(largest[axis], (size / 2) - 1)))];
        _lowPass = Gaussian(0, smoothing, device).mul(Gaussian(1, smoothing, device)).mul(Gaussian(2, smoothing, device)).DetachFromDisposeScope();
    }

    /// <summary>Largest displacement along z, y and x that can be found, in px.</summary>
    public IReadOnlyList<int> Reach => _reach;

    /// <summary>Sets what images are compared with.</summary>
    /// <param name="template">(z, y, x); stays the caller's.</param>
    public void SetTemplate(Tensor template)
    {
        using var scope = NewDisposeScope();
        Release();
        var spectrum = _fourier.Transform(template.to_type(_type));
        _power = Power(spectrum).DetachFromDisposeScope();
        _conjugate = spectrum.conj().resolve_conj().DetachFromDisposeScope();
    }

    /// <summary>Finds the displacement of an image. Safe for concurrent calls between changes of the template.</summary>
    /// <param name="image">(z, y, x), of the template's shape.</param>
    /// <param name="refines">Whether the highest point is sampled finely, and the image moved and measured again; else it is good to about half a pixel.</param>
    public Displacement Estimate(Tensor image, bool refines = true)
    {
        using var scope = NewDisposeScope();
        var values = image.to_type(_type);
        var cross = Cross(values);
        var whole = Coarse(cross, between: !refines);
        if (!refines)
        {
            return whole;
        }

        var found = Fine(cross, whole);
        var update = found;
        var rounds = values.shape[0] > 1 && _reach[0] > 0 ? StackRounds : Rounds;
        for (var round = 1; round < rounds && update.Squared > SmallUpdate * SmallUpdate; round++)
        {
            using var inner = NewDisposeScope();
            var next = Fine(Cross(Resampler.Shift(values, found, Interpolation.Cubic)), Displacement.Zero);
            update = new Displacement(Limit(update.Z, next.Z), Limit(update.Y, next.Y), Limit(update.X, next.X));
            found += update;
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _lowPass.Dispose();
        _fourier.Dispose();
    }

    // Each round finds the same share of what is left: the sum of the geometric series is where that leads (Aitken).
    private static double Limit(double before, double now)
    {
        var share = before == 0 ? 0 : Math.Clamp(now / before, 0, LargestDraw);
        return Math.Clamp(now / (1 - share), -1, 1);
    }

    private static Tensor Power(Tensor spectrum)
    {
        using var parts = spectrum.view_as_real();
        return parts.square().sum(-1);
    }

    private void Release()
    {
        _conjugate?.Dispose();
        _power?.Dispose();
    }

    private Tensor Cross(Tensor image)
    {
        var spectrum = _fourier.Transform(image);
        var noise = Math.Max(Noise(spectrum), _power!.mean().ToDouble() * SmallestNoise);
        return noise > 0
            ? spectrum.mul_(_conjugate!).mul_(_lowPass.div(_power.add(noise * WhitenedFrom)))
            : spectrum.mul_(0);
    }

    // No microscope passes the highest frequencies of a well-sampled image: what is there is noise.
    private double Noise(Tensor image)
    {
        var (rows, columns) = (_fourier.Grid[1], (int)image.shape[2]);
        var (y, x) = (rows * 3 / 8, columns * 3 / 4);
        return Power(image.narrow(1, y, Math.Max(1, rows - (2 * y))).narrow(2, x, columns - x)).mean().ToDouble();
    }

    private Displacement Coarse(Tensor cross, bool between)
    {
        var values = fft.irfftn(cross, [_fourier.Grid[0], _fourier.Grid[1], _fourier.Grid[2]], [0, 1, 2]);
        for (var axis = 0; axis < 3; axis++)
        {
            var reach = _reach[axis];
            values = reach == 0
                ? values.narrow(axis, 0, 1)
                : cat([values.narrow(axis, _fourier.Grid[axis] - reach, reach), values.narrow(axis, 0, reach + 1)], axis);
        }

        var index = values.argmax().ToInt64();
        var (rest, x) = Math.DivRem(index, values.shape[2]);
        var (z, y) = Math.DivRem(rest, values.shape[1]);
        long[] at = [z, y, x];
        double Between(int axis)
        {
            if (!between || at[axis] == 0 || at[axis] + 1 >= values.shape[axis])
            {
                return 0;
            }

            var line = values;
            for (var other = 0; other < 3; other++)
            {
                line = other == axis ? line.narrow(other, at[other] - 1, 3) : line.narrow(other, at[other], 1);
            }

            var three = line.flatten().to(CPU).to_type(ScalarType.Float64).data<double>().ToArray();
            return FinePeak.Vertex(three[0], three[1], three[2]);
        }

        return new Displacement(z - _reach[0] + Between(0), y - _reach[1] + Between(1), x - _reach[2] + Between(2));
    }

    private Displacement Fine(Tensor cross, Displacement around)
    {
        // Axis by axis: a transform to a few positions is a small matrix.
        var values = cross.matmul(Positions(2, around.X, cross.device));
        values = Positions(1, around.Y, cross.device).transpose(0, 1).matmul(values);
        if (_fourier.Grid[0] > 1)
        {
            var (rows, columns) = (values.shape[1], values.shape[2]);
            values = Positions(0, around.Z, cross.device).transpose(0, 1).matmul(values.reshape(values.shape[0], rows * columns))
                .reshape(-1, rows, columns);
        }

        var fine = values.real.to(CPU).to_type(ScalarType.Float64).contiguous();
        return around + FinePeak.Of(fine.data<double>().ToArray(), [(int)fine.shape[0], (int)fine.shape[1], (int)fine.shape[2]], Upsampling);
    }

    /// <summary>exp(2πi f p) for each frequency f of an axis and each fine position p around a whole pixel.</summary>
    private Tensor Positions(int axis, double around, Device device)
    {
        var size = _fourier.Grid[axis];
        var isHalf = axis == 2;
        var frequencies = isHalf ? (size / 2) + 1 : size;
        var count = (2 * FineReach) + 1;
        var (real, imaginary) = (new double[frequencies * count], new double[frequencies * count]);
        for (var f = 0; f < frequencies; f++)
        {
            // Half a spectrum stands for all of it: what has a mirror image counts twice.
            var weight = isHalf && f > 0 && 2 * f != size ? 2.0 : 1.0;
            var frequency = 2 * Math.PI * (2 * f > size ? f - size : f) / size;
            for (var i = 0; i < count; i++)
            {
                var (sine, cosine) = Math.SinCos(frequency * (around + ((double)(i - FineReach) / Upsampling)));
                (real[(f * count) + i], imaginary[(f * count) + i]) = (weight * cosine, weight * sine);
            }
        }

        return complex(tensor(real, [frequencies, count], _type, device), tensor(imaginary, [frequencies, count], _type, device));
    }

    private Tensor Gaussian(int axis, double sigma, Device device)
    {
        var size = _fourier.Grid[axis];
        var values = new double[axis == 2 ? (size / 2) + 1 : size];
        for (var f = 0; f < values.Length; f++)
        {
            var phase = 2 * Math.PI * sigma * (2 * f > size ? f - size : f) / size;
            values[f] = Math.Exp(-0.5 * phase * phase);
        }

        var shape = new long[] { 1, 1, 1 };
        shape[axis] = values.Length;
        return tensor(values, shape, _type, device);
    }
}
