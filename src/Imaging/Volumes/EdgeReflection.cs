namespace InferenceBridge.Imaging;

/// <summary>How an axis continues beyond its ends where it is reflected: d c b a | a b c d | d c b a.</summary>
internal static class EdgeReflection
{
    /// <summary>Index of the pixel that stands at <paramref name="index"/> on an axis of the given size.</summary>
    internal static int Index(int index, int size)
    {
        var period = 2L * size;
        var inside = ((index % period) + period) % period;
        return (int)(inside < size ? inside : period - 1 - inside);
    }
}
