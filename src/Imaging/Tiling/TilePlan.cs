namespace InferenceBridge.Imaging;

/// <summary>
/// How a stack of Depth × Height × Width voxels is cut: slabs of planes, each cut into tiles of rows and columns. Tiles
/// come slab by slab, so that a slab's planes are complete before the next one begins.
/// </summary>
public sealed class TilePlan
{
    private TilePlan(VolumeShape shape, Halo halo, (int Z, int Y, int X) core)
    {
        Shape = shape;
        Halo = halo;
        (CoreDepth, CoreHeight, CoreWidth) = core;
    }

    /// <summary>Shape of the volume; every stack in it is cut alike.</summary>
    public VolumeShape Shape { get; }

    /// <summary>What a tile sees beyond its core.</summary>
    public Halo Halo { get; }

    /// <summary>Slices of a core; the last slab may have fewer.</summary>
    public int CoreDepth { get; }

    /// <summary>Rows of a core; the last tile may have fewer.</summary>
    public int CoreHeight { get; }

    /// <summary>Columns of a core; the last tile may have fewer.</summary>
    public int CoreWidth { get; }

    /// <summary>Slabs of one stack.</summary>
    public int SlabCount => Pieces(Shape.Depth, CoreDepth);

    /// <summary>Tiles over all stacks.</summary>
    public long TileCount => checked(Shape.StackCount * SlabCount * Pieces(Shape.Height, CoreHeight) * Pieces(Shape.Width, CoreWidth));

    /// <summary>Voxels of the largest tile with its halo.</summary>
    public long LargestInputElementCount => checked(
        new TileAxis(Shape.Depth, Halo.Z, CoreDepth).Extent * new TileAxis(Shape.Height, Halo.Y, CoreHeight).Extent
        * new TileAxis(Shape.Width, Halo.X, CoreWidth).Extent);

    /// <summary>
    /// Plans tiles whose input (core and halo) has at most <paramref name="maximumInputElements"/> voxels, with as little
    /// halo computed twice as possible: planes stay whole while they fit; a slab has at most <paramref name="maximumCoreDepth"/> planes.
    /// </summary>
    /// <param name="shape">Shape of the volume.</param>
    /// <param name="halo">Halo of the operation.</param>
    /// <param name="maximumInputElements">Voxels of a tile with its halo, at least 1.</param>
    /// <param name="maximumCoreDepth">Largest number of planes in a slab, at least 1.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.DeviceOutOfMemory"/>: not even one voxel with its halo fits;
    /// <see cref="InferenceError.ShapeInvalid"/>: a size is below 1 or their product too large.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The halo is negative or <paramref name="maximumCoreDepth"/> below 1.</exception>
    public static TilePlan Create(VolumeShape shape, Halo halo, long maximumInputElements, int maximumCoreDepth = int.MaxValue)
    {
        shape.Validate("image");
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumCoreDepth, 1);
        var z = new TileAxis(shape.Depth, halo.Z, Math.Min(shape.Depth, maximumCoreDepth));
        var y = new TileAxis(shape.Height, halo.Y, shape.Height);
        var x = new TileAxis(shape.Width, halo.X, shape.Width);
        while (checked(z.Extent * y.Extent * x.Extent) > maximumInputElements)
        {
            // Slabs first, so that results leave early, but only while that shrinks the tile more than it adds work.
            var cheapest = Math.Min(y.CutCost, x.CutCost);
            if (z.CutCost <= Math.Max(1, cheapest) && double.IsFinite(z.CutCost))
            {
                z = z.Cut();
            }
            else if (!double.IsFinite(cheapest))
            {
                throw new InferenceException(InferenceError.DeviceOutOfMemory, "image",
                    $"A tile of one voxel with its halo of {halo.Z}×{halo.Y}×{halo.X} has {z.Extent * y.Extent * x.Extent} voxels; "
                    + $"the memory limit allows {maximumInputElements}.");
            }
            else if (y.CutCost <= x.CutCost)
            {
                y = y.Cut();
            }
            else
            {
                x = x.Cut();
            }
        }

        return new TilePlan(shape, halo, (z.Core, y.Core, x.Core));
    }

    /// <summary>The slab with the given number in a stack: whole planes, without halo.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not 0 to <see cref="SlabCount"/> − 1.</exception>
    public Box Slab(int slab)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slab);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slab, SlabCount);
        var z = slab * CoreDepth;
        return new Box(z, 0, 0, Math.Min(CoreDepth, Shape.Depth - z), Shape.Height, Shape.Width);
    }

    /// <summary>The tiles of one slab, row by row.</summary>
    public IEnumerable<Tile> Tiles(int slab)
    {
        var planes = Slab(slab);
        for (long y = 0; y < Shape.Height; y += CoreHeight)
        {
            for (long x = 0; x < Shape.Width; x += CoreWidth)
            {
                var core = new Box(planes.Z, (int)y, (int)x, planes.Depth,
                    (int)Math.Min(CoreHeight, Shape.Height - y), (int)Math.Min(CoreWidth, Shape.Width - x));
                yield return new Tile(core, core.Grow(Halo, Shape.Depth, Shape.Height, Shape.Width));
            }
        }
    }

    private static int Pieces(int size, int core) => (int)(((long)size + core - 1) / core);
}
