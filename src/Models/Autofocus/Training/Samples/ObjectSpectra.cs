using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Radial power spectra of sharp planes, whole and cut, from which those of defocused frames are made.</summary>
internal sealed class ObjectSpectra
{
    private const int SmallCrops = 2;
    private const double MagnifiedShare = 0.4;
    private const double LargestMagnification = 2;
    private const double TiltedShare = 0.5;
    private const double TiltDeviation = 0.7;
    private const double MixedShare = 0.3;
    private const double UnevenShare = 0.5;
    private const double UnevenDeviation = 0.35;
    private const int Waves = 4;

    private readonly double[][][] _logarithms;

    /// <summary>Sides of the planes that spectra are made for.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [512, 256];

    /// <param name="planes">Sharp planes.</param>
    /// <param name="seed">Decides on the places of cuts.</param>
    /// <param name="cancellation">Looked at for every plane.</param>
    public ObjectSpectra(IReadOnlyList<SharpPlane> planes, ulong seed, CancellationToken cancellation)
    {
        Shapes = [.. Sizes.Select(size => new RadialSpectrum(size, size))];
        _logarithms = new double[Sizes.Count][][];
        for (var s = 0; s < Sizes.Count; s++)
        {
            var (size, crops) = (Sizes[s], s == 0 ? 1 : SmallCrops);
            var own = new double[planes.Count * crops][];
            Parallel.For(0, own.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                var random = new SeededRandom(seed, ((ulong)size << 32) + (ulong)i);
                var crop = planes[i / crops].Crop(size, random);
                var shape = crop.Height == size ? Shapes[s] : new RadialSpectrum(crop.Height, crop.Width);
                own[i] = crop.IsDim ? [] : Array.ConvertAll(shape.Of(crop.Light), power => Math.Log(power + 1e-12));
            });
            _logarithms[s] = [.. own.Where(spectrum => spectrum.Length > 0)];
        }
    }

    /// <summary>What spectra of each of <see cref="Sizes"/> are made with.</summary>
    public IReadOnlyList<RadialSpectrum> Shapes { get; }

    /// <summary>
    /// The spectrum of a random plane, at times with another plane in it, magnified, with another balance of coarse and fine, or with a smooth unevenness
    /// of its logarithm: there are more objects than planes to learn from.
    /// </summary>
    /// <param name="size">Index among <see cref="Sizes"/>.</param>
    /// <param name="random">Random numbers.</param>
    public double[] Draw(int size, SeededRandom random)
    {
        var logarithms = Mixed(_logarithms[size], random);
        var magnification = random.NextUniform() < MagnifiedShare ? random.NextUniform(1, LargestMagnification) : 1;
        var tilt = random.NextUniform() < TiltedShare ? TiltDeviation * random.NextGaussian() : 0;
        var unevenness = Unevenness(random);

        // An object that is imaged smaller has its spectrum at higher frequencies, and the same variance over a larger area of them.
        return [.. SpectralBins.Centres.Select((frequency, ring) =>
            Math.Exp(SpectralBins.Interpolate(logarithms, frequency / magnification) + (tilt * Math.Log(frequency / magnification / 0.1)) + unevenness[ring])
            / (magnification * magnification))];
    }

    // Light of two planes that have nothing to do with each other: their powers add up.
    private static double[] Mixed(double[][] spectra, SeededRandom random)
    {
        var first = spectra[random.NextIndex(spectra.Length)];
        if (random.NextUniform() >= MixedShare)
        {
            return first;
        }

        var (second, part) = (spectra[random.NextIndex(spectra.Length)], random.NextUniform());
        return [.. first.Zip(second, (a, b) => Math.Log(((1 - part) * Math.Exp(a)) + (part * Math.Exp(b))))];
    }

    // Waves along the rings, the finer the weaker: wider than the fringes of a defocus that is worth telling.
    private static double[] Unevenness(SeededRandom random)
    {
        var result = new double[SpectralBins.Count];
        if (random.NextUniform() >= UnevenShare)
        {
            return result;
        }

        for (var wave = 1; wave <= Waves; wave++)
        {
            var (amount, phase) = (UnevenDeviation * random.NextGaussian() / wave, random.NextUniform(0, 2 * Math.PI));
            for (var ring = 0; ring < result.Length; ring++)
            {
                result[ring] += amount * Math.Cos((Math.PI * wave * ring / result.Length) + phase);
            }
        }

        return result;
    }
}
