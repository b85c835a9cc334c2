namespace InferenceBridge.Models.Training;

/// <summary>Neighbouring planes as channels of a network's input.</summary>
internal static class PlaneWindow
{
    /// <summary>An odd number of planes around one; beyond the ends the sequence is reflected about its last plane: c b a b c.</summary>
    public static T[] At<T>(IReadOnlyList<T> planes, int centre, int channels) =>
        [.. Enumerable.Range(centre - (channels / 2), channels).Select(i => planes[Reflect(i, planes.Count)])];

    private static int Reflect(int index, int count)
    {
        if (count == 1)
        {
            return 0;
        }

        var period = 2 * (count - 1);
        var inside = ((index % period) + period) % period;
        return Math.Min(inside, period - inside);
    }
}
