namespace InferenceBridge.Models;

/// <summary>A run of indices along an axis.</summary>
/// <param name="Start">First index.</param>
/// <param name="Length">Number of indices.</param>
internal readonly record struct Piece(int Start, int Length)
{
    /// <summary>Cuts 0 to <paramref name="size"/> − 1 into runs of nearly equal length, none above <paramref name="longest"/>.</summary>
    public static Piece[] Cut(int size, long longest)
    {
        var count = (int)((size + Math.Max(1, longest) - 1) / Math.Max(1, longest));
        var pieces = new Piece[count];
        for (var i = 0; i < count; i++)
        {
            var start = (int)((long)size * i / count);
            pieces[i] = new Piece(start, (int)((long)size * (i + 1) / count) - start);
        }

        return pieces;
    }
}
