namespace InferenceBridge.Models.Tests;

public class FocusScaleTests
{
    [Theory]
    [InlineData(0.8, 525, 0.0, 0.8203)]
    [InlineData(0.8, 525, 1.333, 1.0934)]
    [InlineData(1.2, 525, 0.0, 0.4860)]
    [InlineData(1.4, 525, 0.0, 0.4058)]
    public void From_Optics_GivesHalfADepthOfFieldAndTwo(double aperture, double wavelength, double index, double depth)
    {
        var scale = Scale(("na", aperture), ("wavelength", wavelength), ("index", index));

        Assert.Equal(depth, scale.DepthOfField!.Value, 1e-4);
        Assert.Equal((depth / 2, 2 * depth), (Math.Round(scale.Tolerance, 4), Math.Round(scale.SearchStep, 4)), Close);
    }

    [Fact]
    public void From_NoOptics_IsAsForDryObjectives() => Assert.Equal(new FocusScale(null, 0.5, 2), Scale());

    [Fact]
    public void From_ToleranceAlone_SetsTheStepButNotBelowAnyPeaksWidth()
    {
        Assert.Equal(1.2, Scale(("tolerance_um", 0.3)).SearchStep, 9);
        Assert.Equal(0.8, Scale(("tolerance_um", 0.05)).SearchStep, 9);
    }

    [Fact]
    public void From_ExplicitValues_Win()
    {
        var scale = Scale(("na", 1.2), ("wavelength", 525.0), ("tolerance_um", 0.7), ("search_step_um", 3.0));

        Assert.Equal((0.7, 3.0), (scale.Tolerance, scale.SearchStep));
    }

    [Fact]
    public void From_LowAperture_StaysWithinOneMove() => Assert.Equal(4.5, Scale(("na", 0.3), ("wavelength", 525.0)).SearchStep, 9);

    private static IEqualityComparer<(double, double)> Close { get; } =
        EqualityComparer<(double, double)>.Create((a, b) => Math.Abs(a.Item1 - b.Item1) < 2e-4 && Math.Abs(a.Item2 - b.Item2) < 4e-4, pair => 0);

    private static FocusScale Scale(params (string Name, object Value)[] parameters) =>
        FocusScale.From(ParameterSet.Create(new MetricsOperation().Declaration.Parameters, parameters.ToDictionary(p => p.Name, p => p.Value)), 9);
}
