namespace InferenceBridge.Models;

/// <summary>A part of a frame along one axis that a network gets at a time.</summary>
/// <param name="Start">Its first pixel.</param>
/// <param name="Length">Its pixels.</param>
internal readonly record struct FlowTile(int Start, int Length)
{
    /// <summary>Longest part, in px: what the network needs for 1024² px stays at a few hundred MiB.</summary>
    public const int Longest = 1024;

    /// <summary>Pixels that neighbours share at least. The network's field depends on what is farther away by less than its own error.</summary>
    public const int Overlap = 192;

    // Parts begin where the network's cells do.
    private const int Cell = Networks.FlowNetwork.Cell;

    /// <summary>Parts of an axis, all of the same length, evenly spread.</summary>
    /// <param name="size">Pixels of the axis.</param>
    public static IReadOnlyList<FlowTile> Along(int size)
    {
        if (size <= Longest)
        {
            return [new FlowTile(0, size)];
        }

        var count = (size - Overlap + Longest - Overlap - 1) / (Longest - Overlap);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var start = (int)((long)(size - Longest) * i / (count - 1)) / Cell * Cell;
            return new FlowTile(start, i == count - 1 ? size - start : Longest);
        })];
    }

    /// <summary>How much each of its pixels counts beside those of its neighbours: less and less towards an end that it shares.</summary>
    /// <param name="size">Pixels of the axis.</param>
    public float[] Weights(int size)
    {
        var weights = new float[Length];
        for (var i = 0; i < Length; i++)
        {
            var before = Start == 0 ? Overlap : i + 1;
            var after = Start + Length == size ? Overlap : Length - i;
            weights[i] = Math.Min(Overlap, Math.Min(before, after)) / (float)Overlap;
        }

        return weights;
    }
}
