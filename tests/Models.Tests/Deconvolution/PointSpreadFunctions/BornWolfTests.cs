namespace InferenceBridge.Models.Tests;

public class BornWolfTests
{
    // scipy.integrate.quad of the diffraction integral.
    [Theory]
    [InlineData(0, 0.3, 0.3770091425412861)]
    [InlineData(0.2, 0.3, 0.074064671961798)]
    [InlineData(0.5, 1, 0.009866982771880951)]
    [InlineData(1.5, -2, 0.0014098989115900083)]
    [InlineData(3, 0.5, 5.109620456087491e-06)]
    public void Profile_OfAnOilObjective_MatchesNumericalIntegration(double radius, double z, double expected) =>
        Assert.Equal(expected, Scene.Relative(Scene.Oil, radius, z), 2e-6);

    [Fact]
    public void Profile_InFocus_HasTheWidthAndTheZeroOfTheAiryDisk()
    {
        var resolution = 0.52 / 1.4;
        var field = new MicroscopeField(Scene.Oil, 1);
        var profile = field.Profile(0);

        Assert.Equal(0.514497 * resolution, 2 * Scene.Falls(profile.At, 0, 0.2, 0.5), 1e-5);
        Assert.True(profile.At(0.609835 * resolution) < 1e-8);
        Assert.Equal(0.0174978, profile.At(0.817 * resolution), 1e-5);
    }

    [Fact]
    public void Profile_OnTheAxisOfANarrowCone_HasTheParaxialZerosAndWidth()
    {
        // 2 n λ/NA² = 25 µm and 1.7718 n λ/NA² = 22.15 µm; the cone of NA 0.2 changes them by about 1%.
        Assert.True(Scene.Relative(Scene.Narrow, 0, 25) < 1e-3);
        Assert.True(Scene.Relative(Scene.Narrow, 0, 50) < 1e-3);
        var half = Scene.Falls(z => Scene.Relative(Scene.Narrow, 0, z), 0, 20, 0.5);
        Assert.Equal(22.15, 2 * half, 0.25);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(-1)]
    public void Profile_OfWidefield_HoldsTheSameEnergyInEveryPlane(double z)
    {
        // Parseval: ∫ h 2π r dr = λ²/(π NA²) for a pupil of amplitude 1 everywhere.
        const double reach = 40;
        var field = new MicroscopeField(Scene.Oil, reach, 1);
        var (profile, sum) = (field.Profile(z), 0.0);
        const int samples = 40000;
        for (var i = 0; i < samples; i++)
        {
            var r = reach * (i + 0.5) / samples;
            sum += profile.At(r) * 2 * Math.PI * r * reach / samples;
        }

        var expected = 0.52 * 0.52 / (Math.PI * 1.4 * 1.4);

        // Beyond the reach lies 2/(π k NA r) of an Airy pattern.
        Assert.Equal(expected, sum, expected * 0.003);
    }
}
