using System.Numerics.Tensors;

namespace InferenceBridge.Models;

/// <summary>Power of the blocks of a tile, or of several, and what the spectral metrics make of it.</summary>
/// <param name="bands">Which coefficients count.</param>
internal sealed class BlockSpectrum(SpectralBands bands)
{
    // Noise of averaged powers that is left with a chance of about one in a thousand, in standard deviations of one block's.
    private const float NoiseReach = 5;

    // No power: what adds nothing to a sum of p log p.
    private const float Nothing = 1e-30f;

    private readonly float[] _power = new float[CosineBlock.Count];
    private readonly double _signalCount = TensorPrimitives.Sum<float>(bands.Signal);
    private readonly double _noiseCount = TensorPrimitives.Sum<float>(bands.Noise);
    private readonly double _middleCount = TensorPrimitives.Sum<float>(bands.Middle);

    /// <summary>Blocks so far.</summary>
    public int Blocks { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Array.Clear(_power);
        Blocks = 0;
    }

    /// <summary>Adds a block; see <see cref="CosineBlock.AddPower"/>.</summary>
    public void Add(ReadOnlySpan<float> pixels, int stride, float level)
    {
        CosineBlock.AddPower(pixels, stride, level, _power);
        Blocks++;
    }

    /// <summary>Adds the blocks of another.</summary>
    public void Add(BlockSpectrum other)
    {
        TensorPrimitives.Add(_power, other._power, _power);
        Blocks += other.Blocks;
    }

    /// <summary>Adds the metrics of the blocks so far.</summary>
    /// <param name="values">By <see cref="FocusMetric"/>.</param>
    /// <param name="brightness">What the power is divided by, squared.</param>
    public void Describe(Span<double> values, double brightness)
    {
        Span<float> rest = stackalloc float[CosineBlock.Count];
        TensorPrimitives.Multiply(_power, 1f / (Blocks * CosineBlock.Count), rest);
        var noise = _noiseCount > 0 ? TensorPrimitives.Dot<float>(rest, bands.Noise) / _noiseCount : 0;
        var middle = TensorPrimitives.Dot<float>(rest, bands.Middle) - (noise * _middleCount);
        values[(int)FocusMetric.MidbandPower] = Math.Max(0, middle) / (brightness * brightness);
        values[(int)FocusMetric.SpectralEntropy] = Entropy(rest, (float)(noise * (1 + (NoiseReach / Math.Sqrt(Blocks)))));
    }

    // Shannon's, of what stands above the noise, over that of a flat spectrum.
    private double Entropy(Span<float> rest, float noise)
    {
        TensorPrimitives.Subtract(rest, noise, rest);
        TensorPrimitives.Max(rest, 0, rest);
        TensorPrimitives.Multiply(rest, bands.Signal, rest);
        double total = TensorPrimitives.Sum<float>(rest);
        if (!(total > 0) || _signalCount < 2)
        {
            return 0;
        }

        Span<float> logs = stackalloc float[CosineBlock.Count];
        TensorPrimitives.Multiply(rest, (float)(1 / total), rest);
        TensorPrimitives.Add(rest, Nothing, logs);
        TensorPrimitives.Log2<float>(logs, logs);
        return Math.Max(0, -TensorPrimitives.Dot<float>(rest, logs) / Math.Log2(_signalCount));
    }
}
