namespace InferenceBridge.Models.Networks;

/// <summary>Hann's window, without the zeros at its ends.</summary>
internal static class HannWindow
{
    /// <summary>Its values, above 0 to 1.</summary>
    /// <param name="length">How many, 1 or more.</param>
    public static float[] Of(int length) =>
        [.. Enumerable.Range(1, length).Select(i => (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * i / (length + 1)))))];
}
