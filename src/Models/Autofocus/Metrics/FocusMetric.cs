namespace InferenceBridge.Models;

/// <summary>Measures of how sharp a plane is, each larger where it is sharper. What each is: <see cref="FocusMetrics"/>.</summary>
internal enum FocusMetric
{
    Brenner,
    Tenengrad,
    VarianceOfLaplacian,
    NormalisedVariance,
    VollathF4,
    SpectralEntropy,
    MidbandPower,
}

/// <summary>Names of the metrics, and what they are.</summary>
internal static class FocusMetrics
{
    /// <summary>All of them, in the order of the map's channels.</summary>
    public static IReadOnlyList<FocusMetric> All { get; } = Enum.GetValues<FocusMetric>();

    /// <summary>Their names as choices of a parameter, with what each is.</summary>
    public static IReadOnlyList<Choice> Choices { get; } = [.. All.Select(metric => new Choice(metric.Name(), metric.Help()))];

    /// <summary>Name in parameters and answers.</summary>
    public static string Name(this FocusMetric metric) => metric switch
    {
        FocusMetric.Brenner => "brenner",
        FocusMetric.Tenengrad => "tenengrad",
        FocusMetric.VarianceOfLaplacian => "variance_of_laplacian",
        FocusMetric.NormalisedVariance => "normalised_variance",
        FocusMetric.VollathF4 => "vollath_f4",
        FocusMetric.SpectralEntropy => "spectral_entropy",
        _ => "midband_power",
    };

    /// <summary>The metric of a name.</summary>
    public static FocusMetric Find(string name) => All.First(metric => metric.Name() == name);

    private static string Help(this FocusMetric metric) => metric switch
    {
        FocusMetric.Brenner => "Mean squared difference of pixels two apart, along x and y (Brenner et al. 1976).",
        FocusMetric.Tenengrad => "Mean squared gradient by Sobel's operator (Tenenbaum 1970).",
        FocusMetric.VarianceOfLaplacian => "Variance of the Laplacian over four neighbours (Pech-Pacheco et al. 2000).",
        FocusMetric.NormalisedVariance => "Variance over the squared mean (Groen, Young, Ligthart 1985).",
        FocusMetric.VollathF4 => "Autocorrelation of pixels one apart less that of pixels two apart, along x and y (Vollath 1987): noise cancels.",
        FocusMetric.SpectralEntropy => "Entropy of the power spectrum above the noise, 0 to 1 (after Royer et al. 2016): brightness does not matter.",
        _ => "Power of spatial frequencies in the middle of what the optics pass, where defocus takes most, less the noise's.",
    };
}
