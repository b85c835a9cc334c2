namespace InferenceBridge.Models.Training;

/// <summary>How frames differ from their template in other ways than by motion.</summary>
internal sealed record AppearanceOptions
{
    /// <summary>Fewest photons of the brightest structure in a frame, above 0 (default 5).</summary>
    public double FewestPhotons { get; init; } = 5;

    /// <summary>Most photons of it (default 2000); in between, every factor is as likely.</summary>
    public double MostPhotons { get; init; } = 2000;

    /// <summary>Share of pairs whose template is noisy too, of 10 to 100 times as many photons (default 0.3).</summary>
    public double NoisyTemplateShare { get; init; } = 0.3;

    /// <summary>
    /// Share of pairs with read noise, background, uneven illumination and changing regions (default 0.2); the others differ in photons, gain and offset
    /// alone. A network that never sees frames that are the template but for their noise does not learn to trust them.
    /// </summary>
    public double ChangedShare { get; init; } = 0.2;

    /// <summary>
    /// Share of pairs whose brightest structure is that of the pair itself (default 0.5), so that dim corners of an image are seen as well as bright ones.
    /// </summary>
    public double BrightenedShare { get; init; } = 0.5;

    /// <summary>Largest read noise, as a part of the shot noise of the brightest structure (default 0.3).</summary>
    public double LargestReadNoise { get; init; } = 0.3;

    /// <summary>Largest background, as a part of the brightest structure (default 0.3).</summary>
    public double LargestBackground { get; init; } = 0.3;

    /// <summary>Largest factor, and inverse of the least, between the intensities of frame and template (default 2).</summary>
    public double LargestGain { get; init; } = 2;

    /// <summary>Largest offset between them, as a part of the brightest structure (default 0.3).</summary>
    public double LargestOffset { get; init; } = 0.3;

    /// <summary>Largest part by which the illumination changes over the frame (default 0.3).</summary>
    public double LargestShading { get; init; } = 0.3;

    /// <summary>Share of such pairs in which regions become brighter or darker (default 0.6).</summary>
    public double TransientShare { get; init; } = 0.6;

    /// <summary>Most such regions (default 8).</summary>
    public int MostTransients { get; init; } = 8;

    /// <summary>Largest factor by which they become brighter, or inverse of that by which they become darker (default 4).</summary>
    public double LargestTransient { get; init; } = 4;

    /// <summary>Share of pairs whose contrast is inverted (default 0.05).</summary>
    public double InvertedShare { get; init; } = 0.05;

    /// <summary>The same without what only <see cref="ChangedShare"/> of the pairs have.</summary>
    public AppearanceOptions Unchanged => this with { LargestReadNoise = 0, LargestBackground = 0, LargestShading = 0, TransientShare = 0 };

    /// <summary>Shot noise of a number of photons in the frame and nothing else: what networks are judged by.</summary>
    /// <param name="photons">Photons of the brightest structure.</param>
    public static AppearanceOptions ShotNoise(double photons) => new()
    {
        FewestPhotons = photons, MostPhotons = photons, NoisyTemplateShare = 0, LargestReadNoise = 0, LargestBackground = 0, LargestGain = 1,
        LargestOffset = 0, LargestShading = 0, TransientShare = 0, InvertedShare = 0, BrightenedShare = 0, ChangedShare = 1,
    };
}
