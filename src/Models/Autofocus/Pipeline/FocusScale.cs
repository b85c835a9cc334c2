namespace InferenceBridge.Models;

/// <summary>How far apart things are for a search, in µm: as given, or from the depth of field, or what suits most dry objectives.</summary>
/// <param name="DepthOfField">λn/NA²; null where the optics are not known.</param>
/// <param name="Tolerance">How far from best focus still counts as focused.</param>
/// <param name="SearchStep">First step of a search by the score alone.</param>
internal readonly record struct FocusScale(double? DepthOfField, double Tolerance, double SearchStep)
{
    private const double UsualTolerance = 0.5;

    // A depth of field is twice as wide as what counts as focused, and a peak of the score stands out over two of them.
    private const double TolerancesPerDepth = 2;
    private const double DepthsPerStep = 2;

    // A small tolerance wants a place exactly, and does not make the peak narrower than any optics do.
    private const double LeastStep = 0.8;

    // Coarse steps are twice as long, and a move has to be enough for one and for the play.
    private const double StepsPerMove = 2;

    // Immersions, from which the index is taken where only the aperture is known.
    private static readonly double[] Indices = [1, 1.333, 1.515, 2];

    /// <summary>Works out what was not given.</summary>
    /// <param name="parameters">Checked: na, wavelength and index where the operation has them; 0 stands for what is not given.</param>
    /// <param name="largestMove">Largest move less the play, in µm.</param>
    public static FocusScale From(ParameterSet parameters, double largestMove)
    {
        double Given(string name) => parameters.Values.TryGetValue(name, out var value) && value is double number ? number : 0;
        var (aperture, wavelength, index) = (Given("na"), Given("wavelength"), Given("index"));
        index = index > 0 ? index : Indices.First(each => each > aperture || each == Indices[^1]);
        var depth = aperture > 0 && wavelength > 0 ? wavelength / 1000 * index / (aperture * aperture) : (double?)null;
        var tolerance = Given("tolerance_um") is > 0 and var wanted ? wanted : depth / TolerancesPerDepth ?? UsualTolerance;
        var step = depth is { } known ? DepthsPerStep * known : Math.Max(LeastStep, DepthsPerStep * TolerancesPerDepth * tolerance);
        return new FocusScale(depth, tolerance, Given("search_step_um") is > 0 and var asked ? asked : Math.Min(step, largestMove / StepsPerMove));
    }
}
