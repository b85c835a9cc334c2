namespace InferenceBridge.Models;

/// <summary>Lengths that a fast Fourier transform handles well.</summary>
internal static class FourierSize
{
    /// <summary>The smallest number that is at least <paramref name="minimum"/> and has no prime factor above 7.</summary>
    public static int AtLeast(int minimum)
    {
        var size = minimum;
        while (!IsSmooth(size))
        {
            size = checked(size + 1);
        }

        return size;
    }

    private static bool IsSmooth(int size)
    {
        foreach (var factor in new[] { 2, 3, 5, 7 })
        {
            while (size % factor == 0)
            {
                size /= factor;
            }
        }

        return size == 1;
    }
}
