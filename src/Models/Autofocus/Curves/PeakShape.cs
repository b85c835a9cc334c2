namespace InferenceBridge.Models;

/// <summary>What makes a parabola of a focus curve whose heights are 0 at its base and 1 at its top.</summary>
internal enum PeakShape
{
    /// <summary>Nothing: the curve is a parabola.</summary>
    Parabola,

    /// <summary>The logarithm: the curve is a Gaussian.</summary>
    Gaussian,

    /// <summary>The reciprocal: the curve is a Lorentzian, with the long tails that gradient metrics have.</summary>
    Lorentzian,
}

/// <summary>The three shapes' arithmetic.</summary>
internal static class PeakShapes
{
    // Below this height the logarithm and the reciprocal would be led by single points of the tails.
    private const double Least = 0.03;

    /// <summary>Takes a height to where the curve is a parabola with its vertex at the top.</summary>
    public static double Straighten(this PeakShape shape, double height) => shape switch
    {
        PeakShape.Gaussian => Math.Log(Math.Max(height, Least)),
        PeakShape.Lorentzian => -1 / Math.Max(height, Least),
        _ => height,
    };

    /// <summary>The way back.</summary>
    public static double Bend(this PeakShape shape, double value) => shape switch
    {
        PeakShape.Gaussian => Math.Exp(Math.Min(value, 1)),
        PeakShape.Lorentzian => value < -0.5 ? -1 / value : 2,
        _ => value,
    };

    /// <summary>Weight of a point, so that errors count as they do in the height itself.</summary>
    public static double Weight(this PeakShape shape, double height)
    {
        var kept = Math.Max(height, Least);
        return shape switch
        {
            PeakShape.Gaussian => kept * kept,
            PeakShape.Lorentzian => kept * kept * kept * kept,
            _ => 1,
        };
    }
}
