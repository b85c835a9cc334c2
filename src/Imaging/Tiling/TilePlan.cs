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
        (long)Extent(CoreDepth, Halo.Z, Shape.Depth) * Extent(CoreHeight, Halo.Y, Shape.Height) * Extent(CoreWidth, Halo.X, Shape.Width));

    /// <summary>
    /// Plans tiles whose input (core and halo) has at most <paramref name="maximumInputElements"/> voxels, with as little
    /// halo computed twice as possible: planes stay whole while they fit; a slab has at most <paramref name="maximumCoreDepth"/> planes.
    /// </summary>
    /// <param name="shape">Shape of the volume.</param>
    /// <param name="halo">Halo of the operation.</param>
    /// <param name="maximumInputElements">Voxels of a tile with its halo, at least 1.</param>
    /// <param name="maximumCoreDepth">Largest number of planes in a slab, at least 1.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.DeviceOutOfMemory"/>: not even one voxel with its halo fits.</exception>
    public static TilePlan Create(VolumeShape shape, Halo halo, long maximumInputElements, int maximumCoreDepth = int.MaxValue)
    {
        var depth = Math.Min(shape.Depth, maximumCoreDepth);
        var (height, width) = (shape.Height, shape.Width);
        long Elements() => checked((long)Extent(depth, halo.Z, shape.Depth) * Extent(height, halo.Y, shape.Height) * Extent(width, halo.X, shape.Width));
        while (Elements() > maximumInputElements)
        {
            // Halve the axis whose halo then costs least: the one with the longest core against its halo.
            var (z, y, x) = (Ratio(depth, halo.Z), Ratio(height, halo.Y), Ratio(width, halo.X));
            if (depth > 1 && (z >= 1 || (z >= y && z >= x)))
            {
                depth = Half(depth);
            }
            else if (height > 1 && y >= x)
            {
                height = Half(height);
            }
            else if (width > 1)
            {
                width = Half(width);
            }
            else if (height > 1)
            {
                height = Half(height);
            }
            else if (depth > 1)
            {
                depth = Half(depth);
            }
            else
            {
                throw new InferenceException(InferenceError.DeviceOutOfMemory, "image",
                    $"A tile of one voxel with its halo of {halo.Z}×{halo.Y}×{halo.X} has {Elements()} voxels; the memory limit allows {maximumInputElements}.");
            }
        }

        return new TilePlan(shape, halo, (depth, height, width));
    }

    /// <summary>The slab with the given number in a stack: whole planes, without halo.</summary>
    public Box Slab(int slab)
    {
        var z = slab * CoreDepth;
        return new Box(z, 0, 0, Math.Min(CoreDepth, Shape.Depth - z), Shape.Height, Shape.Width);
    }

    /// <summary>The tiles of one slab, row by row.</summary>
    public IEnumerable<Tile> Tiles(int slab)
    {
        var planes = Slab(slab);
        for (var y = 0; y < Shape.Height; y += CoreHeight)
        {
            for (var x = 0; x < Shape.Width; x += CoreWidth)
            {
                var core = new Box(planes.Z, y, x, planes.Depth, Math.Min(CoreHeight, Shape.Height - y), Math.Min(CoreWidth, Shape.Width - x));
                yield return new Tile(core, core.Grow(Halo, Shape.Depth, Shape.Height, Shape.Width));
            }
        }
    }

    private static int Extent(int core, int halo, int size) => (int)Math.Min(size, core + (2L * halo));

    private static double Ratio(int core, int halo) => core <= 1 ? 0 : core / (2.0 * halo + 0.5);

    private static int Half(int size) => (size + 1) / 2;

    private static int Pieces(int size, int core) => (size + core - 1) / core;
}
