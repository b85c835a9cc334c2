using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Jobs;

/// <summary>Halves tiles that are too large for a device.</summary>
internal static class TileSplitter
{
    // Where the halo is most of a tile, halving its core wins too little to go on.
    private const double WorthwhileShare = 0.9;

    /// <summary>The two halves of a tile along the axis where that shrinks their inputs most; null where it hardly does.</summary>
    public static (Tile First, Tile Second)? Split(Tile tile, TilePlan plan)
    {
        var best = Enumerable.Range(0, 3)
            .Where(axis => Size(tile.Core, axis) > 1)
            .Select(axis => Halves(tile, plan, axis))
            .OrderBy(Largest)
            .Cast<(Tile First, Tile Second)?>()
            .FirstOrDefault();
        return best is { } halves && Largest(halves) <= WorthwhileShare * tile.Input.ElementCount ? halves : null;
    }

    private static long Largest((Tile First, Tile Second) halves) =>
        Math.Max(halves.First.Input.ElementCount, halves.Second.Input.ElementCount);

    private static int Size(Box box, int axis) => axis switch { 0 => box.Depth, 1 => box.Height, _ => box.Width };

    private static (Tile First, Tile Second) Halves(Tile tile, TilePlan plan, int axis)
    {
        var core = tile.Core;
        var half = (Size(core, axis) + 1) / 2;
        var (first, second) = axis switch
        {
            0 => (core with { Depth = half }, core with { Z = core.Z + half, Depth = core.Depth - half }),
            1 => (core with { Height = half }, core with { Y = core.Y + half, Height = core.Height - half }),
            _ => (core with { Width = half }, core with { X = core.X + half, Width = core.Width - half }),
        };
        return (Grown(first, plan), Grown(second, plan));
    }

    private static Tile Grown(Box core, TilePlan plan) =>
        new(core, core.Grow(plan.Halo, plan.Shape.Depth, plan.Shape.Height, plan.Shape.Width));
}
