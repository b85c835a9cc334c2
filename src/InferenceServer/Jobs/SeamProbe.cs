using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Jobs;

/// <summary>Where in a stack that is cut into blocks a block more is computed, across the seam of others, to see how much the cut matters.</summary>
internal static class SeamProbe
{
    // With this many voxels along an axis there is something to average over where the halo is short.
    private const int LeastCore = 32;

    /// <summary>
    /// The core is what is compared: around the seams nearest to the middle along the axes that are cut; along the others from face to
    /// face where these are near, else around the middle. The input reaches further beyond it than that of a block does, and is no longer
    /// than that of a block along any axis.
    /// </summary>
    /// <returns>Null where stacks are whole.</returns>
    public static Tile? Of(TilePlan plan)
    {
        var (shape, halo) = (plan.Shape, plan.Halo);
        if (plan.TileCount == shape.StackCount)
        {
            return null;
        }

        var z = Along(shape.Depth, plan.CoreDepth, halo.Z);
        var y = Along(shape.Height, plan.CoreHeight, halo.Y);
        var x = Along(shape.Width, plan.CoreWidth, halo.X);
        return new Tile(
            new Box(z.Core.Start, y.Core.Start, x.Core.Start, z.Core.Size, y.Core.Size, x.Core.Size),
            new Box(z.Input.Start, y.Input.Start, x.Input.Start, z.Input.Size, y.Input.Size, x.Input.Size));
    }

    private static ((int Start, int Size) Core, (int Start, int Size) Input) Along(int size, int core, int halo)
    {
        var pieces = (int)(((long)size + core - 1) / core);
        var middle = pieces == 1 ? size / 2 : pieces / 2 * core;
        var block = (int)Math.Min(core, Math.Max(2L * halo, LeastCore));
        var input = Around(middle, ((long)block / 2) + halo, size);
        return (pieces == 1 && input.Size == size ? input : Around(middle, Math.Max(1, block / 4), size), input);
    }

    private static (int Start, int Size) Around(int middle, long reach, int size)
    {
        var start = (int)Math.Max(0, middle - reach);
        return (start, (int)Math.Min(size, middle + reach) - start);
    }
}
