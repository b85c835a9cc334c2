using TorchSharp;

namespace InferenceBridge.Models;

/// <summary>
/// How a tile is looked at: as a whole and, where it is large and the network takes spectra, in its quarters as well: the window that a spectrum
/// needs dims a tile towards its edges, which the quarters see, and what misleads one quarter need not mislead the others.
/// </summary>
internal sealed class TileViews
{
    // The smallest plane that the network learnt from.
    private const int ShortestQuarter = 256;

    // By the cross entropy over simulated frames of W2S fields 041-048 (the benchmark's are of others), when the network saw windowed spectra alone:
    // 1.37 nats, 1.41 without quarters; 0.9 and 0.6 gain less than 0.01 more. More than 1 in all: what misleads the whole misleads its quarters only in part.
    private const double WholeWeight = 0.8;
    private const double QuartersWeight = 0.5;

    private readonly DefocusInput _whole;
    private readonly DefocusInput? _quarter;
    private readonly FrameTiles _quarters;

    /// <param name="optics">The microscope as it is known; null for networks that take pixels.</param>
    /// <param name="height">Rows of a tile.</param>
    /// <param name="width">Columns of a tile.</param>
    public TileViews(FocusOptics? optics, int height, int width)
    {
        _whole = new DefocusInput(optics, height, width);
        _quarters = FrameTiles.Quarters(height, width);
        _quarter = Count(optics is not null, height, width) > 1 ? new DefocusInput(optics, _quarters.Height, _quarters.Width) : null;
    }

    /// <summary>Axes of the input of one view.</summary>
    public long[] Shape => _whole.Shape;

    /// <summary>Most views of a tile.</summary>
    /// <param name="isSpectral">Whether the network takes spectra and optics.</param>
    /// <param name="height">Rows of a tile.</param>
    /// <param name="width">Columns of a tile.</param>
    public static int Count(bool isSpectral, int height, int width) => isSpectral && Math.Min(height, width) >= 2 * ShortestQuarter ? 5 : 1;

    /// <summary>The views of a tile that hold structure, the whole first; none where the whole holds none.</summary>
    /// <param name="tile">Height × width, finite.</param>
    public (float[] Input, double Structure)[] Of(float[] tile)
    {
        if (_quarter is null)
        {
            var whole = _whole.Of(tile);
            return whole.Structure > 0 ? [whole] : [];
        }

        var views = new (float[] Input, double Structure)[1 + _quarters.Count];
        CpuWorkers.For(torch.CPU, views.Length, i => views[i] = i == 0 ? _whole.Of(tile) : _quarter.Of(_quarters.Cut(tile, i - 1)), CancellationToken.None);
        return views[0].Structure > 0 ? [.. views.Where(view => view.Structure > 0)] : [];
    }

    /// <summary>What the views of a tile say together.</summary>
    /// <param name="logarithms">Of each view's probabilities of the classes, the whole first.</param>
    /// <param name="structure">Of each view; quarters count by it.</param>
    /// <returns>Logarithms of the classes' probabilities, less a constant.</returns>
    public static double[] Together(ReadOnlySpan<double[]> logarithms, ReadOnlySpan<double> structure)
    {
        var whole = logarithms[0];
        if (logarithms.Length == 1)
        {
            return whole;
        }

        var quarters = Mean(logarithms[1..], structure[1..]);
        return [.. whole.Zip(quarters, (own, others) => (WholeWeight * own) + (QuartersWeight * others))];
    }

    /// <summary>Mean by class, weighted by structure.</summary>
    public static double[] Mean(ReadOnlySpan<double[]> logarithms, ReadOnlySpan<double> structure)
    {
        var (mean, total) = (new double[logarithms[0].Length], 0.0);
        for (var i = 0; i < logarithms.Length; i++)
        {
            total += structure[i];
            for (var k = 0; k < mean.Length; k++)
            {
                mean[k] += structure[i] * logarithms[i][k];
            }
        }

        return Array.ConvertAll(mean, value => value / total);
    }
}
