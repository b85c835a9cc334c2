namespace InferenceBridge.Models;

/// <summary>Transforms of the jumps between opposite edges of a plane, as pairs of real and imaginary part.</summary>
/// <param name="Down">Of the first row less the last one.</param>
/// <param name="Across">Of the first column less the last one.</param>
internal sealed record EdgeJumps(float[] Down, float[] Across)
{
    /// <summary><see cref="Down"/> times −i.</summary>
    public float[] DownTurned { get; } = [.. Down.Chunk(2).SelectMany(pair => new[] { pair[1], -pair[0] })];

    /// <summary>The value of <see cref="Across"/> at one of all frequencies, of which the upper half mirrors the lower one.</summary>
    /// <param name="row">The frequency.</param>
    /// <param name="height">How many frequencies there are.</param>
    public (float Re, float Im) AcrossAt(int row, int height)
    {
        var (at, sign) = 2 * row <= height ? (row, 1) : (height - row, -1);
        return (Across[2 * at], sign * Across[(2 * at) + 1]);
    }
}
