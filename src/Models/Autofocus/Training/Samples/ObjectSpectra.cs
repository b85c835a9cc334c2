using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Radial power spectra of sharp planes, whole and cut, from which those of defocused frames are made.</summary>
internal sealed class ObjectSpectra
{
    private const int SmallCrops = 2;
    private const double LargeShare = 0.5;
    private const double MagnifiedShare = 0.4;
    private const double LargestMagnification = 2;
    private const double TiltedShare = 0.2;
    private const double TiltDeviation = 0.5;

    private readonly double[][][] _logarithms;

    /// <summary>Sides of the planes that spectra are made for.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [512, 448, 384, 320, 256];

    /// <summary>A random index among <see cref="Sizes"/>: every other is the largest.</summary>
    public static int DrawSize(SeededRandom random) => random.NextUniform() < LargeShare ? 0 : 1 + random.NextIndex(Sizes.Count - 1);

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

    /// <summary>The spectra of a random plane, at times magnified or with another balance of coarse and fine.</summary>
    /// <param name="size">Index among <see cref="Sizes"/>.</param>
    /// <param name="random">Random numbers.</param>
    public double[] Draw(int size, SeededRandom random)
    {
        var spectra = _logarithms[size];
        var logarithms = spectra[random.NextIndex(spectra.Length)];
        var magnification = random.NextUniform() < MagnifiedShare ? random.NextUniform(1, LargestMagnification) : 1;
        var tilt = random.NextUniform() < TiltedShare ? TiltDeviation * random.NextGaussian() : 0;

        // An object that is imaged smaller has its spectrum at higher frequencies, and the same variance over a larger area of them.
        return [.. logarithms.Chunk(SpectralBins.Count).SelectMany(kind => Array.ConvertAll(SpectralBins.Centres, frequency =>
            Math.Exp(SpectralBins.Interpolate(kind, frequency / magnification) + (tilt * Math.Log(frequency / magnification / 0.1)))
            / (magnification * magnification)))];
    }
}
