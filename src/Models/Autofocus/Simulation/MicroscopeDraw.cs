using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Random microscopes: what a network learns from and is judged by.</summary>
/// <param name="SymmetricShare">Share without a spherical aberration, whose frames do not tell the sign (0 to 1).</param>
/// <param name="Tolerance">Standard deviation of what is told of aperture and wavelength, as a part of them.</param>
/// <param name="Own">The one microscope that all are, but for <paramref name="Tolerance"/>, and that is told; null: of all kinds.</param>
internal sealed record MicroscopeDraw(double SymmetricShare = 0.25, double Tolerance = 0.01, FocusOptics? Own = null)
{
    private const double LeastAberration = 0.05;
    private const double LargestAberration = 0.5;
    private const double DeepestLayer = 1000;

    // Share of microscopes told to be without an aberration that have a slight one, up to this many waves.
    private const double SlightShare = 0.5;
    private const double Slight = 0.05;

    /// <summary>Standard deviation of the aberration that is told, as a part of it.</summary>
    private const double AberrationTolerance = 0.1;

    private static readonly (double Index, double Share, double LargestAperture)[] Immersions =
        [(1.0, 0.35, 0.95), (1.33, 0.25, 1.2), (1.515, 0.4, 1.45)];

    /// <summary>A random microscope: <see cref="Own"/>, or apertures of 0.4 to 1.45, 480 to 700 nm, pixels of 0.05 to 0.65 µm.</summary>
    public FocusOptics Draw(SeededRandom random) => Own is { } own ? Near(own, random) : Draw(random, random.NextUniform() < SymmetricShare);

    /// <summary>A random microscope.</summary>
    /// <param name="random">Random numbers.</param>
    /// <param name="symmetric">Whether it has no aberration.</param>
    public static FocusOptics Draw(SeededRandom random, bool symmetric)
    {
        var kind = random.NextUniform();
        var (index, _, largest) = kind < Immersions[0].Share ? Immersions[0] : kind < Immersions[0].Share + Immersions[1].Share ? Immersions[1] : Immersions[2];
        var aperture = random.NextUniform(0.4, largest);
        var wavelength = random.NextUniform(480, 700);
        var pixel = random.NextUniform() < 0.6
            ? random.NextUniform(0.25, 1.1) * wavelength / 1000 / (2 * aperture)
            : random.NextUniform(0.1, 0.5);
        var optics = new FocusOptics
        {
            NumericalAperture = aperture, WavelengthNm = wavelength, ImmersionIndex = index, PixelMicrometres = Math.Clamp(pixel, 0.05, 0.65),
        };
        return symmetric ? optics : Aberrated(optics, random);
    }

    /// <summary>What is told of a microscope: nearly the truth.</summary>
    public FocusOptics Told(FocusOptics truth, SeededRandom random) => Own ?? Near(truth, random);

    private FocusOptics Near(FocusOptics optics, SeededRandom random) => optics with
    {
        NumericalAperture = Math.Min(optics.NumericalAperture * (1 + (Tolerance * random.NextGaussian())), 0.97 * optics.ImmersionIndex),
        WavelengthNm = optics.WavelengthNm * (1 + (Tolerance * random.NextGaussian())),
        SphericalWaves = optics.SphericalWaves * (1 + (AberrationTolerance * random.NextGaussian())),
        DepthMicrometres = optics.DepthMicrometres * (1 + (AberrationTolerance * random.NextGaussian())),
    };

    /// <summary>The microscope as it is, where it is told to have no aberration: half of such have a slight one.</summary>
    public static FocusOptics Slightly(FocusOptics known, SeededRandom random) =>
        known is { SphericalWaves: 0, SampleIndex: null } && random.NextUniform() < SlightShare
            ? known with { SphericalWaves = random.NextUniform(-Slight, Slight) }
            : known;

    private static FocusOptics Aberrated(FocusOptics optics, SeededRandom random)
    {
        var waves = Math.Exp(random.NextUniform(Math.Log(LeastAberration), Math.Log(LargestAberration))) * (random.NextUniform() < 0.5 ? -1 : 1);
        if (random.NextUniform() < 0.5)
        {
            return optics with { SphericalWaves = waves };
        }

        var sample = optics.ImmersionIndex > 1.4 ? random.NextUniform(Math.Max(1.33, optics.NumericalAperture * 1.02), 1.46)
            : optics.ImmersionIndex > 1.2 ? random.NextUniform(1.36, 1.45) : random.NextUniform(1.33, 1.52);
        var micrometre = optics with { SampleIndex = sample, DepthMicrometres = 1 };
        var depth = waves / Math.Max(new DefocusPupil(micrometre).SphericalWaves, 1e-9);

        // At low apertures no layer that a sample has would do.
        return Math.Abs(depth) <= DeepestLayer ? micrometre with { DepthMicrometres = depth } : optics with { SphericalWaves = waves };
    }
}
