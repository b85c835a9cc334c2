using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Correlates all patches of an image with those of the template, in one transform.</summary>
internal sealed class PatchCorrelation : IDisposable
{
    // As in PhaseCorrelation.
    private const double WhitenedFrom = 300;
    private const double SmallestNoise = 1e-5;

    private readonly PatchAxis _y;
    private readonly PatchAxis _x;
    private readonly Tensor _window;
    private Tensor? _conjugate;
    private Tensor? _power;

    /// <param name="y">Patches along y.</param>
    /// <param name="x">Patches along x.</param>
    /// <param name="reach">Largest displacement that is looked for, in whole px; at most a third of a patch counts.</param>
    /// <param name="device">Where to run.</param>
    public PatchCorrelation(PatchAxis y, PatchAxis x, int reach, Device device)
    {
        using var scope = NewDisposeScope();
        (_y, _x) = (y, x);
        Reach = Math.Min(reach, Math.Min(y.Size, x.Size) / 3);
        _window = tensor(Hann(y.Size), [y.Size, 1], ScalarType.Float32, device).mul(tensor(Hann(x.Size), [1, x.Size], ScalarType.Float32, device))
            .DetachFromDisposeScope();
    }

    /// <summary>Largest displacement that is looked for, in whole px.</summary>
    public int Reach { get; }

    /// <summary>Sets what images are compared with.</summary>
    /// <param name="template">float32, (y, x).</param>
    public void SetTemplate(Tensor template)
    {
        using var scope = NewDisposeScope();
        Release();
        var spectrum = Transform(template);
        _power = Power(spectrum).DetachFromDisposeScope();
        _conjugate = spectrum.conj().resolve_conj().DetachFromDisposeScope();
    }

    /// <summary>The correlation of each patch at each whole displacement.</summary>
    /// <param name="image">float32, (y, x).</param>
    public PatchSurfaces Correlate(Tensor image)
    {
        using var scope = NewDisposeScope();
        var spectrum = Transform(image);
        var noise = Math.Max(Noise(spectrum), _power!.mean().ToDouble() * SmallestNoise);
        var cross = spectrum.mul_(_conjugate!).mul_(_power.add(noise * WhitenedFrom).reciprocal_());
        var values = fft.irfft2(cross, [_y.Size, _x.Size], [1, 2]);
        for (var axis = 1; axis <= 2; axis++)
        {
            var size = values.shape[axis];
            values = cat([values.narrow(axis, size - Reach, Reach), values.narrow(axis, 0, Reach + 1)], axis);
        }

        return new PatchSurfaces(_y.Starts.Count, _x.Starts.Count, Reach, values.to(CPU).contiguous().data<float>().ToArray());
    }

    public void Dispose()
    {
        Release();
        _window.Dispose();
    }

    private static double[] Hann(int size) => [.. Enumerable.Range(0, size).Select(i => 0.5 * (1 - Math.Cos(2 * Math.PI * (i + 0.5) / size)))];

    private static Tensor Power(Tensor spectrum) => spectrum.view_as_real().square().sum(-1);

    private void Release()
    {
        _conjugate?.Dispose();
        _power?.Dispose();
    }

    private Tensor Transform(Tensor image)
    {
        Tensor[] rows = [.. _y.Starts.Select(start => image.narrow(0, start, _y.Size))];
        var patches = stack([.. rows.SelectMany(row => _x.Starts.Select(start => row.narrow(1, start, _x.Size)))]);
        return fft.rfft2(patches.sub_(patches.mean([1, 2], keepdim: true)).mul_(_window), dim: [1, 2]);
    }

    // The highest frequencies, as in PhaseCorrelation, of all patches together.
    private double Noise(Tensor spectrum)
    {
        var (rows, columns) = (_y.Size, (int)spectrum.shape[2]);
        var (y, x) = (rows * 3 / 8, columns * 3 / 4);
        return Power(spectrum.narrow(1, y, Math.Max(1, rows - (2 * y))).narrow(2, x, columns - x)).mean().ToDouble();
    }
}
