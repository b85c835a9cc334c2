using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>A sharp image under a widefield microscope, for a virtual one to look at.</summary>
public sealed class DefocusedSample : IFocalSample, IDisposable
{
    // Part of the pixels that are taken for dark, and for brighter than what counts as 1.
    private const double Dark = 0.001;
    private const double Bright = 0.999;

    private readonly DefocusedImage _image;

    /// <param name="sharp">Height × width, X fastest, in any unit.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="optics">The microscope.</param>
    /// <param name="largestDefocus">Largest |z| that will be asked for, in µm.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: impossible optics, or an image of one value.</exception>
    public DefocusedSample(float[] sharp, int height, int width, FocusOptics optics, double largestDefocus)
    {
        ArgumentNullException.ThrowIfNull(sharp);
        ArgumentNullException.ThrowIfNull(optics);
        var sorted = sharp.Order().ToArray();
        var (dark, bright) = (sorted[(int)(Dark * (sorted.Length - 1))], sorted[(int)(Bright * (sorted.Length - 1))]);
        if (!(bright > dark))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "image", $"The image is {dark} nearly everywhere; accepted: images with structure.");
        }

        (Height, Width, LargestDefocus) = (height, width, largestDefocus);
        _image = new DefocusedImage(Array.ConvertAll(sharp, value => Math.Max(0, (value - dark) / (bright - dark))), height, width, optics, largestDefocus);
    }

    /// <inheritdoc/>
    public int Height { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <summary>Largest |z| that may be asked for, in µm; what lies beyond looks the same.</summary>
    public double LargestDefocus { get; }

    /// <inheritdoc/>
    public double? PixelMicrometres => _image.Optics.PixelMicrometres;

    /// <summary>The microscope.</summary>
    public FocusOptics Optics => _image.Optics;

    /// <inheritdoc/>
    public float[] At(double defocus) => _image.At(Math.Clamp(defocus, -LargestDefocus, LargestDefocus));

    /// <inheritdoc/>
    public void Dispose() => _image.Dispose();
}
