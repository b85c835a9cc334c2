namespace InferenceBridge.Models.Packages;

/// <summary>How large blocks may be, along z, y and x, so that the network's memory stays within bounds.</summary>
/// <param name="Z">Longest block along z, in slices; the number of planes at once where the network knows no z.</param>
/// <param name="Y">Along y.</param>
/// <param name="X">Along x.</param>
internal readonly record struct BlockSizes(int Z, int Y, int X)
{
    // More would keep a device from other jobs, and win nothing.
    private const long MostBytes = 1L << 30;

    public long Voxels => checked((long)Z * Y * X);

    /// <summary>Blocks for an image, as large as memory allows.</summary>
    /// <param name="traits">The network.</param>
    /// <param name="sizes">Sizes of the image along time, channel, z, y, x.</param>
    /// <param name="deviceBytes">Memory that the job may take.</param>
    public static BlockSizes For(NetworkTraits traits, long[] sizes, long deviceBytes)
    {
        var limit = Math.Max(1, Math.Min(MostBytes, deviceBytes / 2) / traits.BytesPerVoxel);
        var lengths = new Dictionary<AxisKind, int>();
        foreach (var kind in new[] { AxisKind.Z, AxisKind.Y, AxisKind.X })
        {
            var size = (int)sizes[(int)kind];
            lengths[kind] = traits.Axes.TryGetValue(kind, out var axis) ? (axis.IsFixed ? axis.Minimum : axis.Padded(size)) : 1;
        }

        while ((long)lengths[AxisKind.Z] * lengths[AxisKind.Y] * lengths[AxisKind.X] > limit)
        {
            var cut = traits.Axes.Values
                .Where(axis => !axis.IsGlobal && !axis.IsFixed && lengths[axis.Kind] > axis.ShortestBlock)
                .MaxBy(axis => lengths[axis.Kind]);
            if (cut is null)
            {
                break;
            }

            lengths[cut.Kind] = Math.Max(lengths[cut.Kind] / 2, cut.ShortestBlock);
        }

        return new BlockSizes(lengths[AxisKind.Z], lengths[AxisKind.Y], lengths[AxisKind.X]);
    }
}
