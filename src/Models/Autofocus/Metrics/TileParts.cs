namespace InferenceBridge.Models;

/// <summary>
/// The rows of tiles of a plane, in parts that cores work on at once. How many parts there are depends on the plane alone, so that sums over
/// parts, taken in their order, have the same digits on every machine.
/// </summary>
/// <param name="grid">The plane and its tiles.</param>
internal sealed class TileParts(TileGrid grid)
{
    private const int Most = 4;

    // Smaller planes take less time than it takes to wake a core.
    private const long LeastPixels = 1 << 16;

    private readonly bool _isLarge = (long)grid.Height * grid.Width >= LeastPixels;

    /// <summary>Number of parts, at least 1.</summary>
    public int Count { get; } = Math.Min(Most, grid.Rows);

    /// <summary>First row of tiles of a part; that of <see cref="Count"/> is their number.</summary>
    public int First(int part) => (int)((long)grid.Rows * part / Count);

    /// <summary>Runs something for every part, on several cores where that is worth it.</summary>
    public void Run(Action<int> body)
    {
        if (_isLarge && Count > 1)
        {
            Parallel.For(0, Count, body);
            return;
        }

        for (var part = 0; part < Count; part++)
        {
            body(part);
        }
    }
}
