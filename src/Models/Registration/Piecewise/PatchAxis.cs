namespace InferenceBridge.Models;

/// <summary>How an axis is cut into overlapping patches.</summary>
/// <param name="Size">Length of each, in px.</param>
/// <param name="Starts">First pixels, ascending; evenly spread, so that the last patch ends with the axis.</param>
internal sealed record PatchAxis(int Size, IReadOnlyList<int> Starts)
{
    /// <summary>Shortest patch, in px: shorter ones tell too little.</summary>
    public const int Shortest = 16;

    /// <summary>Shortest axis that is cut.</summary>
    public const int ShortestAxis = 2 * Shortest;

    /// <summary>Middles of the patches.</summary>
    public double[] Centres => [.. Starts.Select(start => start + ((Size - 1) / 2.0))];

    /// <summary>Cuts an axis of at least <see cref="ShortestAxis"/> px.</summary>
    /// <param name="length">Its length.</param>
    /// <param name="patch">Length of a patch; at most half of the axis counts.</param>
    /// <param name="overlap">What neighbours share; at most three quarters of a patch counts.</param>
    public static PatchAxis Cut(int length, int patch, int overlap)
    {
        var size = Math.Clamp(patch, Shortest, length / 2);
        var stride = Math.Max(size / 4, size - overlap);
        var count = 1 + (int)Math.Ceiling((double)(length - size) / stride);
        return new PatchAxis(size, [.. Enumerable.Range(0, count).Select(i => (int)Math.Round((double)i * (length - size) / (count - 1)))]);
    }
}
