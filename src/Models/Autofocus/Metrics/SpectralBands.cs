namespace InferenceBridge.Models;

/// <summary>Which coefficients of <see cref="CosineBlock"/> tell of the sample, of the middle of what the optics pass, and of noise alone.</summary>
internal sealed class SpectralBands
{
    // Of the cutoff: where defocus takes most of the transfer function (Hopkins 1955).
    private const double MidLow = 0.2;
    private const double MidHigh = 0.6;

    // In cycles per px, where the optics are not known: periods of 20 to 4 px.
    private const double FixedLow = 0.05;
    private const double FixedHigh = 0.25;
    private const double Corner = 0.5;

    // Fewer coefficients beyond the cutoff would tell too little of the noise.
    private const int LeastNoise = 64;

    /// <param name="cutoff">Highest frequency that the optics pass, in cycles per px; null where it is not known.</param>
    public SpectralBands(double? cutoff)
    {
        Cutoff = cutoff;
        var radii = Radii();
        var beyond = cutoff is { } limit && radii.Count(radius => radius > limit) >= LeastNoise ? limit : Corner;
        (Low, High) = cutoff is { } pass ? (MidLow * pass, MidHigh * pass) : (FixedLow, FixedHigh);
        for (var i = 0; i < radii.Length; i++)
        {
            Signal[i] = i > 0 && radii[i] <= Math.Max(beyond, 1.5 / (2 * CosineBlock.Size)) ? 1 : 0;
            Noise[i] = radii[i] > beyond ? 1 : 0;
            Middle[i] = i > 0 && radii[i] >= Low && radii[i] < High ? 1 : 0;
        }
    }

    /// <summary>As given.</summary>
    public double? Cutoff { get; }

    /// <summary>Lowest frequency of the middle band, in cycles per px.</summary>
    public double Low { get; }

    /// <summary>Highest frequency of the middle band.</summary>
    public double High { get; }

    /// <summary>1 for coefficients that the sample can have, without the mean; else 0.</summary>
    public float[] Signal { get; } = new float[CosineBlock.Count];

    /// <summary>1 for coefficients that only noise has; else 0.</summary>
    public float[] Noise { get; } = new float[CosineBlock.Count];

    /// <summary>1 for coefficients in the middle band; else 0.</summary>
    public float[] Middle { get; } = new float[CosineBlock.Count];

    /// <summary>The cutoff of incoherent light, 2 NA / wavelength.</summary>
    /// <param name="aperture">Numerical aperture.</param>
    /// <param name="wavelengthNm">Wavelength in nm.</param>
    /// <param name="pixel">Size of a pixel in the sample, in µm.</param>
    /// <returns>In cycles per px.</returns>
    public static double CutoffOf(double aperture, double wavelengthNm, double pixel) => 2 * aperture * 1000 * pixel / wavelengthNm;

    private static double[] Radii()
    {
        var radii = new double[CosineBlock.Count];
        for (var i = 0; i < radii.Length; i++)
        {
            var (y, x) = (CosineBlock.Frequency(i / CosineBlock.Size), CosineBlock.Frequency(i % CosineBlock.Size));
            radii[i] = Math.Sqrt((double)(y * y) + (x * x)) / (2 * CosineBlock.Size);
        }

        return radii;
    }
}
