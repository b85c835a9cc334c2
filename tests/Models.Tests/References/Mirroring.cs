namespace InferenceBridge.Models.Tests;

/// <summary>Walks back and forth within an image, step by step: slow, and plainly right.</summary>
internal static class Mirroring
{
    /// <summary>d c b a | a b c d | d c b a.</summary>
    public static int Symmetric(int position, int size)
    {
        while (position < 0 || position >= size)
        {
            position = position < 0 ? -1 - position : (2 * size) - 1 - position;
        }

        return position;
    }

    /// <summary>d c b | a b c d | c b a.</summary>
    public static int Whole(int position, int size)
    {
        while (size > 1 && (position < 0 || position >= size))
        {
            position = position < 0 ? -position : (2 * size) - 2 - position;
        }

        return size == 1 ? 0 : position;
    }

    public static int Nearest(int position, int size) => Math.Min(Math.Max(position, 0), size - 1);
}
