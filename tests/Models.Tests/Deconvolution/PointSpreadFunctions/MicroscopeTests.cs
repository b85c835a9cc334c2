namespace InferenceBridge.Models.Tests;

public class MicroscopeTests
{
    private static readonly Optics Confocal = new()
    {
        NumericalAperture = 1.3, WavelengthNm = 525, ImmersionIndex = 1.515, Microscope = Microscope.Confocal, ExcitationWavelengthNm = 488,
    };

    // Products of scipy's integrals, the detection averaged over a disk of 0.61 λ/NA.
    [Theory]
    [InlineData(0.15, 0, 0.1340612664130607)]
    [InlineData(0, 0.3, 0.35531901664230453)]
    [InlineData(0.2, 0.4, 0.03277762741676099)]
    public void Profile_OfAConfocalWithAPinhole_MatchesNumericalIntegration(double radius, double z, double expected) =>
        Assert.Equal(expected, Scene.Relative(Confocal, radius, z), 2e-5);

    [Fact]
    public void Profile_OfAConfocalWithoutStokesShift_IsTheSquareOfWidefield()
    {
        var point = Confocal with { ExcitationWavelengthNm = 525, PinholeAiryUnits = 0 };
        var widefield = point with { Microscope = Microscope.Widefield };

        Assert.Equal(Math.Pow(Scene.Relative(widefield, 0.1, 0.2), 2), Scene.Relative(point, 0.1, 0.2), 1e-6);
    }

    [Fact]
    public void Profile_OfAConfocalWithAWideOpenPinhole_IsItsExcitationInFocus()
    {
        var open = Confocal with { PinholeAiryUnits = 40 };
        var excitation = Confocal with { Microscope = Microscope.Widefield, WavelengthNm = 488, ExcitationWavelengthNm = null };

        Assert.Equal(Scene.Relative(excitation, 0.1, 0), Scene.Relative(open, 0.1, 0), 1e-3);
    }

    [Fact]
    public void Profile_OfTwoPhotons_IsTheSquareOfTheExcitation()
    {
        var twoPhoton = Confocal with { Microscope = Microscope.TwoPhoton, ExcitationWavelengthNm = 920 };
        var excitation = Confocal with { Microscope = Microscope.Widefield, WavelengthNm = 920 };

        Assert.Equal(Math.Pow(Scene.Relative(excitation, 0.2, 0.5), 2), Scene.Relative(twoPhoton, 0.2, 0.5), 1e-5);
    }

    [Fact]
    public void Profile_OfALightSheet_IsDetectionTimesSheet()
    {
        var sheet = Scene.Oil with { Microscope = Microscope.LightSheet, SheetThicknessUm = 0.8 };

        Assert.Equal(0.5 * Scene.Relative(Scene.Oil, 0.1, 0.4), Scene.Relative(sheet, 0.1, 0.4), 1e-6);
    }

    [Fact]
    public void Sample_OfEveryModelAndMicroscope_IsFiniteCentredAndSumsTo1()
    {
        var grid = new PsfGrid(8, 17, 20, 0.2, 0.07, 0.06);
        foreach (var model in Enum.GetValues<PsfModel>())
        {
            foreach (var microscope in Enum.GetValues<Microscope>())
            {
                var values = Scene.Values(Confocal with { Model = model, Microscope = microscope }, grid);

                Assert.Equal(1, values.Sum(v => (double)v), 1e-5);
                Assert.All(values, v => Assert.True(v >= 0 && float.IsFinite(v)));
                Assert.Equal((((4 * 17) + 8) * 20) + 10, Array.IndexOf(values, values.Max()));
            }
        }
    }

    [Fact]
    public void Fwhm_OfTheGaussian_IsThatOfDiffraction()
    {
        var (lateral, axial) = GaussianModel.Fwhm(Scene.Narrow);

        Assert.Equal(0.514497 * 0.5 / 0.2, lateral, 1e-4);
        Assert.Equal(22.15, axial, 0.25);
    }

    [Fact]
    public void Sample_OfAGaussian_HasItsWidthAtHalfMaximum()
    {
        // Half of 0.514497 × 520 nm / 1.4 is 95.55 nm: three voxels.
        var values = Scene.Values(Scene.Oil with { Model = PsfModel.Gaussian }, new PsfGrid(1, 1, 21, 0, 0.03185, 0.03185));

        Assert.Equal(0.5, values[13] / values[10], 1e-3);
        Assert.Equal(values[7], values[13]);
    }
}
