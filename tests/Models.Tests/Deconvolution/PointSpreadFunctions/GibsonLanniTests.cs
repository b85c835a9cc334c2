namespace InferenceBridge.Models.Tests;

public class GibsonLanniTests
{
    private static readonly Optics Deep = new()
    {
        NumericalAperture = 1.2, WavelengthNm = 600, ImmersionIndex = 1.515, Model = PsfModel.GibsonLanni,
        Mount = new SampleMount { SampleIndex = 1.4, DepthUm = 8 },
    };

    private static readonly Optics ThickCoverslip = new()
    {
        NumericalAperture = 1.3, WavelengthNm = 500, ImmersionIndex = 1.518, Model = PsfModel.GibsonLanni,
        Mount = new SampleMount
        {
            SampleIndex = 1.45, DepthUm = 2, CoverslipIndex = 1.523, CoverslipThicknessUm = 180, ImmersionDesignIndex = 1.515, WorkingDistanceUm = 140,
        },
    };

    // scipy.integrate.quad of the diffraction integral, relative to the brightest point on the axis.
    [Theory]
    [InlineData(0.2, 0, 0.1586606234575541)]
    [InlineData(0, 0.5, 0.4316022370778851)]
    [InlineData(0, -0.5, 0.4753410185708807)]
    [InlineData(0.6, 1.2, 0.0409920932539943)]
    [InlineData(1, -1, 0.004881003056835356)]
    public void Profile_OfADeepPoint_MatchesNumericalIntegration(double radius, double z, double expected) =>
        Assert.Equal(expected, Scene.Relative(Deep, radius, z), 1e-5);

    [Theory]
    [InlineData(0.4, 0.03165532020107573)]
    [InlineData(-0.4, 0.0785595388006623)]
    public void Profile_UnderAThickCoverslip_MatchesNumericalIntegration(double z, double expected) =>
        Assert.Equal(expected, Scene.Relative(ThickCoverslip, 0.3, z), 1e-5);

    [Fact]
    public void Focus_OfMismatchedMedia_MovesAsTheIntegralsSay()
    {
        Assert.Equal(9.127676550164493, new MicroscopeField(Deep, 0.1).Focus, 1e-4);
        Assert.Equal(11.424809824450913, new MicroscopeField(ThickCoverslip, 0.1).Focus, 1e-4);
    }

    [Fact]
    public void Focus_OfANarrowCone_IsDepthTimesTheRatioOfIndices()
    {
        var optics = Deep with { NumericalAperture = 0.1, Mount = new SampleMount { SampleIndex = 1.33, DepthUm = 100 } };

        Assert.Equal(100 * 1.515 / 1.33, new MicroscopeField(optics, 0.1).Focus, 0.2);
    }

    [Fact]
    public void Sample_WithMatchedIndices_IsBornWolf()
    {
        var matched = Scene.Oil with
        {
            Model = PsfModel.GibsonLanni, Mount = new SampleMount { SampleIndex = 1.515, DepthUm = 12 },
        };
        var grid = new PsfGrid(9, 33, 32, 0.2, 0.065, 0.065);
        var (expected, actual) = (Scene.Values(Scene.Oil, grid), Scene.Values(matched, grid));

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Sample_OfWaterUnderAnOilObjective_LeavesOutRaysThatAreTotallyReflected()
    {
        // NA 1.4 into water: the focus is as wide as that of NA 1.33.
        var optics = Scene.Oil with { Model = PsfModel.GibsonLanni, Mount = new SampleMount { SampleIndex = 1.33 } };
        var profile = new MicroscopeField(optics, 1).Profile(0);

        Assert.Equal(0.514497 * 0.52 / 1.33, 2 * Scene.Falls(r => profile.At(r) / profile.At(0), 0, 0.2, 0.5), 1e-4);
    }

    [Fact]
    public void Sample_OfAnAberratedPoint_IsAsymmetricAlongZAndCentredOnItsBrightestPlane()
    {
        var grid = new PsfGrid(41, 15, 15, 0.1, 0.08, 0.08);
        var axis = Scene.Values(Deep, grid).Where((_, i) => i % 225 == 112).ToArray();

        Assert.Equal(20, Array.IndexOf(axis, axis.Max()));
        Assert.True(axis[25] < axis[15]);
    }
}
