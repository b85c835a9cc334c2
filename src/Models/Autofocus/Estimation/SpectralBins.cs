using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models;

/// <summary>
/// The rings over which a power spectrum is averaged: 96 up to the camera's limit of 0.5 cycles per pixel, six times as wide at its end as at
/// its beginning, since defocus leaves the fine fringes of the transfer at low frequencies.
/// </summary>
internal static class SpectralBins
{
    public const int Count = SpectralFocusNetwork.Frequencies;

    private const double Scale = 0.1;
    private static readonly double Growth = Math.Log(6);

    /// <summary>Borders of the rings in cycles per pixel, one more than rings.</summary>
    public static double[] Edges { get; } = [.. Enumerable.Range(0, Count + 1).Select(i => Scale * (Math.Exp(Growth * i / Count) - 1))];

    /// <summary>Middle of each ring, in cycles per pixel.</summary>
    public static double[] Centres { get; } = [.. Enumerable.Range(0, Count).Select(i => (Edges[i] + Edges[i + 1]) / 2)];

    /// <summary>The ring of a frequency in cycles per pixel; <see cref="Count"/> beyond the last.</summary>
    public static int Of(double frequency) => Math.Min(Count, (int)(Math.Log((frequency / Scale) + 1) / Growth * Count));

    /// <summary>A positive spectrum over the rings at other frequencies, by linear interpolation of its logarithm; its end values go on.</summary>
    public static double Interpolate(double[] logarithms, double frequency)
    {
        if (frequency <= Centres[0])
        {
            return logarithms[0];
        }

        var above = Array.BinarySearch(Centres, frequency);
        above = above < 0 ? ~above : above;
        if (above >= Count)
        {
            return logarithms[^1];
        }

        var part = (frequency - Centres[above - 1]) / (Centres[above] - Centres[above - 1]);
        return logarithms[above - 1] + (part * (logarithms[above] - logarithms[above - 1]));
    }
}
