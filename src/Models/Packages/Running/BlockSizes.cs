namespace InferenceBridge.Models.Packages;

/// <summary>How large blocks may be, along z, y and x, so that the network's memory stays within bounds.</summary>
/// <param name="Z">Longest block along z, in slices; the number of planes at once where the network knows no z.</param>
/// <param name="Y">Along y.</param>
/// <param name="X">Along x.</param>
internal readonly record struct BlockSizes(int Z, int Y, int X)
{
    /// <summary>
    /// Memory that planes which are computed at once may take, in bytes. More of them outgrow a processor's caches: measured on two
    /// cores, four planes at once took a third of the time for 96×96 px (16 MiB), 0.85 of it for 256×256 px of RAUDen-lite (110 MiB),
    /// 1.2 of it for 256×256 px of RAUDen (220 MiB).
    /// </summary>
    public const long TogetherBytes = 64L << 20;

    /// <summary>Memory that a network may take at once, in bytes: more would keep a device from other jobs.</summary>
    public const long MostBytes = 2L << 30;

    public long Voxels => checked((long)Z * Y * X);

    /// <summary>One block for all of an image.</summary>
    public static BlockSizes Whole(NetworkTraits traits, long[] sizes)
    {
        return new BlockSizes(Padded(AxisKind.Z), Padded(AxisKind.Y), Padded(AxisKind.X));

        int Padded(AxisKind kind) => traits.Axes.TryGetValue(kind, out var axis) ? axis.Padded((int)sizes[(int)kind]) : 1;
    }

    /// <summary>Blocks for an image: those with the least to compute among those that memory allows.</summary>
    /// <param name="traits">The network.</param>
    /// <param name="sizes">Sizes of the image along time, channel, z, y, x.</param>
    /// <param name="deviceBytes">Memory that the job may take.</param>
    public static BlockSizes For(NetworkTraits traits, long[] sizes, long deviceBytes)
    {
        var limit = Math.Max(1, Math.Min(MostBytes, deviceBytes / 2) / traits.BytesPerVoxel);
        var (along, down, across) = (Choices(AxisKind.Z), Choices(AxisKind.Y), Choices(AxisKind.X));
        var best = (from z in along from y in down from x in across select (Blocks: new BlockSizes(z.Longest, y.Longest, x.Longest), Work: (double)z.Sum * y.Sum * x.Sum))
            .MinBy(choice => choice.Blocks.Voxels <= limit ? (0, choice.Work, choice.Blocks.Voxels) : (1, choice.Blocks.Voxels, choice.Blocks.Voxels))
            .Blocks;
        return traits.Axes.ContainsKey(AxisKind.Z) || !traits.CanBatch ? best
            : best with { Z = (int)Math.Clamp(Math.Min(limit, TogetherBytes / traits.BytesPerVoxel) / best.Voxels, 1, sizes[(int)AxisKind.Z]) };

        (int Longest, long Sum)[] Choices(AxisKind kind) =>
            traits.Axes.TryGetValue(kind, out var axis) ? [.. axis.Choices((int)sizes[(int)kind])] : [(1, sizes[(int)kind])];
    }
}
