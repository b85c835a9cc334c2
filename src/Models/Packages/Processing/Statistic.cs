namespace InferenceBridge.Models.Packages;

/// <summary>Two numbers that a step needs of a whole image.</summary>
internal abstract record Statistic
{
    /// <summary>Mean and standard deviation.</summary>
    internal sealed record Moments : Statistic;

    /// <summary>Values below which two parts of the elements lie, in percent, linear between elements as NumPy's percentile is.</summary>
    internal sealed record Percentiles(double Lower, double Upper) : Statistic;
}
