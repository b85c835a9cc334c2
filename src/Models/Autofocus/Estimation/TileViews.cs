using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models;

/// <summary>
/// How a tile is looked at. The spectral network sees it as a whole, and large ones once more in parts: a window dims a tile towards its edges,
/// which parts show, and parts share less of what misleads the whole.
/// </summary>
internal sealed class TileViews
{
    // A side of planes that the network learnt from.
    private const int PartSide = 256;
    private const int LeastParts = 4;

    // Of the least cross entropy over simulated frames of W2S fields 041-048 (the test set is of others). More than 1 in all: what misleads one
    // of them misleads the other only in part.
    private const double WholeWeight = 0.8;
    private const double PartsWeight = 0.5;

    private readonly DefocusInput _whole;
    private readonly DefocusInput? _part;
    private readonly FrameTiles _parts;

    /// <param name="optics">The microscope as it is known; null for networks that take pixels.</param>
    /// <param name="height">Rows of a tile.</param>
    /// <param name="width">Columns of a tile.</param>
    public TileViews(FocusOptics? optics, int height, int width)
    {
        _whole = new DefocusInput(optics, height, width);
        _parts = new FrameTiles(height, width, PartSide);
        _part = Count(optics is not null, height, width) > 1 ? new DefocusInput(optics, _parts.Height, _parts.Width) : null;
    }

    /// <summary>Axes of the input of one view.</summary>
    public long[] Shape => _whole.Shape;

    /// <summary>Most views of a tile.</summary>
    /// <param name="isSpectral">Whether the network takes spectra and optics.</param>
    /// <param name="height">Rows of a tile.</param>
    /// <param name="width">Columns of a tile.</param>
    public static int Count(bool isSpectral, int height, int width) =>
        isSpectral && new FrameTiles(height, width, PartSide).Count is >= LeastParts and var parts ? 1 + parts : 1;

    /// <summary>The views of a tile that hold structure, the whole first; none where the whole holds none.</summary>
    /// <param name="tile">Height × width, finite.</param>
    public (float[] Input, double Structure)[] Of(float[] tile)
    {
        var whole = _whole.Of(tile);
        if (whole.Structure <= 0)
        {
            return [];
        }

        return _part is null ? [whole] : [whole, .. Enumerable.Range(0, _parts.Count).Select(i => _part.Of(_parts.Cut(tile, i))).Where(part => part.Structure > 0)];
    }

    /// <summary>What the views of a tile say together.</summary>
    /// <param name="logarithms">Of each view's probabilities of the classes.</param>
    /// <param name="structure">Of each view.</param>
    /// <returns>Logarithms of the classes' probabilities, less a constant.</returns>
    public static double[] Together(IReadOnlyList<double[]> logarithms, IReadOnlyList<double> structure)
    {
        var whole = logarithms[0];
        if (logarithms.Count == 1)
        {
            return whole;
        }

        var parts = Mean([.. logarithms.Skip(1)], [.. structure.Skip(1)]);
        return [.. whole.Zip(parts, (own, other) => (WholeWeight * own) + (PartsWeight * other))];
    }

    /// <summary>Mean by class, weighted by structure.</summary>
    public static double[] Mean(IReadOnlyList<double[]> logarithms, IReadOnlyList<double> structure)
    {
        var total = structure.Sum();
        return [.. Enumerable.Range(0, DefocusClasses.Count).Select(k => Enumerable.Range(0, structure.Count).Sum(i => structure[i] / total * logarithms[i][k]))];
    }
}
