using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Random defocus of examples.</summary>
internal static class DefocusDraw
{
    /// <summary>Largest defocus, in µm: beyond the last class, which is then the right one.</summary>
    public const double Largest = 11.5;

    // Ends of the last classes. Were what lies beyond as frequent as what lies within, the last classes would be likelier than all others, and a frame
    // that does not tell the side would be put there.
    private const double Within = 10.25;
    private const double BeyondShare = 0.06;

    /// <summary>A random defocus in µm; most are within the classes, evenly.</summary>
    public static double Draw(SeededRandom random) => random.NextUniform() < BeyondShare
        ? random.NextUniform(Within, Largest) * (random.NextUniform() < 0.5 ? -1 : 1)
        : random.NextUniform(-Within, Within);
}
