namespace InferenceBridge.Imaging;

/// <summary>A box of voxels in one stack: first voxel and sizes along z, y, x.</summary>
/// <param name="Z">First slice.</param>
/// <param name="Y">First row.</param>
/// <param name="X">First column.</param>
/// <param name="Depth">Slices.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public readonly record struct Box(int Z, int Y, int X, int Depth, int Height, int Width)
{
    /// <summary>Slice behind the last.</summary>
    public int EndZ => Z + Depth;

    /// <summary>Row behind the last.</summary>
    public int EndY => Y + Height;

    /// <summary>Column behind the last.</summary>
    public int EndX => X + Width;

    /// <summary>Voxels in the box.</summary>
    public long ElementCount => checked((long)Depth * Height * Width);

    /// <summary>This box grown by <paramref name="halo"/> on every side and cut to a stack of the given sizes.</summary>
    public Box Grow(Halo halo, int depth, int height, int width)
    {
        var z = Math.Max(0, Z - halo.Z);
        var y = Math.Max(0, Y - halo.Y);
        var x = Math.Max(0, X - halo.X);
        return new Box(z, y, x,
            (int)Math.Min(depth, (long)EndZ + halo.Z) - z,
            (int)Math.Min(height, (long)EndY + halo.Y) - y,
            (int)Math.Min(width, (long)EndX + halo.X) - x);
    }
}
