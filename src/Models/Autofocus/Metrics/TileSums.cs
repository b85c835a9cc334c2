namespace InferenceBridge.Models;

/// <summary>What the metrics of a tile, or of several, are made of. A term belongs to the tile of its first pixel, or of its middle one.</summary>
internal struct TileSums
{
    /// <summary>Pixels.</summary>
    public long Pixels;

    /// <summary>Their mean.</summary>
    public double Mean;

    /// <summary>Sum of squared differences from the mean.</summary>
    public double Squares;

    /// <summary>Pairs of pixels two apart, along both axes, and the sum of their squared differences.</summary>
    public long Pairs;

    /// <inheritdoc cref="Pairs"/>
    public double PairSquares;

    /// <summary>Sum over these pairs of (first pixel − mean) · (the pixel between − second pixel).</summary>
    public double Correlation;

    /// <summary>Sum over these pairs of the pixel between − second pixel.</summary>
    public double Steps;

    /// <summary>Pixels that have all neighbours, and over them the sums of Sobel's squared gradient, the Laplacian and its square.</summary>
    public long Inner;

    /// <inheritdoc cref="Inner"/>
    public double Gradient;

    /// <inheritdoc cref="Inner"/>
    public double Laplacian;

    /// <inheritdoc cref="Inner"/>
    public double LaplacianSquares;

    /// <summary>The sums of two tiles together (variances: Chan, Golub, LeVeque 1979).</summary>
    public static TileSums operator +(TileSums a, TileSums b)
    {
        var pixels = a.Pixels + b.Pixels;
        if (a.Pixels == 0 || b.Pixels == 0)
        {
            return a.Pixels == 0 ? b : a;
        }

        var apart = b.Mean - a.Mean;
        var mean = a.Mean + (apart * b.Pixels / pixels);
        return new TileSums
        {
            Pixels = pixels,
            Mean = mean,
            Squares = a.Squares + b.Squares + (apart * apart * a.Pixels * b.Pixels / pixels),
            Pairs = a.Pairs + b.Pairs,
            PairSquares = a.PairSquares + b.PairSquares,
            Correlation = a.Correlation + ((a.Mean - mean) * a.Steps) + b.Correlation + ((b.Mean - mean) * b.Steps),
            Steps = a.Steps + b.Steps,
            Inner = a.Inner + b.Inner,
            Gradient = a.Gradient + b.Gradient,
            Laplacian = a.Laplacian + b.Laplacian,
            LaplacianSquares = a.LaplacianSquares + b.LaplacianSquares,
        };
    }

    /// <summary>Adds the metrics in grey levels: those of differences squared, the variance among them.</summary>
    /// <param name="values">By <see cref="FocusMetric"/>.</param>
    /// <param name="brightness">What they are divided by, squared; 1 leaves them in grey levels.</param>
    public readonly void Describe(Span<double> values, double brightness)
    {
        var unit = 1 / (brightness * brightness);
        values[(int)FocusMetric.Brenner] = unit * Share(PairSquares, Pairs);
        values[(int)FocusMetric.Tenengrad] = unit * Share(Gradient, Inner);
        var laplacian = Share(Laplacian, Inner);
        values[(int)FocusMetric.VarianceOfLaplacian] = unit * Math.Max(0, Share(LaplacianSquares, Inner) - (laplacian * laplacian));
        values[(int)FocusMetric.NormalisedVariance] = unit * Share(Squares, Pixels);
        values[(int)FocusMetric.VollathF4] = unit * Share(Correlation, Pairs);
    }

    private static double Share(double sum, long count) => count == 0 ? 0 : sum / count;
}
