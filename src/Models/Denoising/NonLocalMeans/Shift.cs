namespace InferenceBridge.Models;

/// <summary>A displacement in px.</summary>
/// <param name="Z">Slices.</param>
/// <param name="Y">Rows.</param>
/// <param name="X">Columns.</param>
internal readonly record struct Shift(int Z, int Y, int X)
{
    /// <summary>
    /// One of each pair of opposite displacements of up to <paramref name="distance"/> along each axis; none for no
    /// displacement. Z is never negative.
    /// </summary>
    public static IReadOnlyList<Shift> Half(int distance, bool volumetric)
    {
        var shifts = new List<Shift>();
        for (var z = 0; z <= (volumetric ? distance : 0); z++)
        {
            for (var y = -distance; y <= distance; y++)
            {
                for (var x = -distance; x <= distance; x++)
                {
                    if (z > 0 || y > 0 || (y == 0 && x > 0))
                    {
                        shifts.Add(new Shift(z, y, x));
                    }
                }
            }
        }

        return shifts;
    }
}
