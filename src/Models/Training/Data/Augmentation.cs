using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>How crops are varied.</summary>
internal sealed record Augmentation
{
    /// <summary>Whether crops are mirrored and turned by multiples of 90° at random (default true).</summary>
    public bool Turns { get; init; } = true;

    /// <summary>Standard deviation of a number that is added to input and target alike, in their own unit (default 0).</summary>
    public double Brightness { get; init; }

    /// <summary>Draws a variation; always takes the same count of random numbers.</summary>
    public (bool MirrorX, bool MirrorY, bool Transpose, float Shift) Draw(SeededRandom random)
    {
        var bits = Turns ? random.NextIndex(8) : 0;
        var shift = Brightness > 0 ? (float)(Brightness * random.NextGaussian()) : 0;
        return ((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, shift);
    }
}
