using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class OpticsTests
{
    public static TheoryData<string, Optics> Impossible { get; } = new()
    {
        { "na", Scene.Oil with { NumericalAperture = 1.6 } },
        { "na", Scene.Oil with { NumericalAperture = 0 } },
        { "na", Scene.Oil with { NumericalAperture = double.NaN } },
        { "index", Scene.Oil with { ImmersionIndex = 0.9 } },
        { "wavelength", Scene.Oil with { WavelengthNm = -520 } },
        { "wavelength", Scene.Oil with { WavelengthNm = 0.52 } },
        { "excitation_wavelength", Scene.Oil with { Microscope = Microscope.Confocal } },
        { "excitation_wavelength", Scene.Oil with { Microscope = Microscope.TwoPhoton, ExcitationWavelengthNm = -1 } },
        { "pinhole", Scene.Oil with { PinholeAiryUnits = -1 } },
        { "sheet_thickness", Scene.Oil with { SheetThicknessUm = 0 } },
        { "sample_index", Scene.Oil with { Model = PsfModel.GibsonLanni, Mount = new SampleMount { SampleIndex = 0.5 } } },
        { "depth", Scene.Oil with { Model = PsfModel.GibsonLanni, Mount = new SampleMount { SampleIndex = 1.4, DepthUm = -1 } } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Validate_OfImpossibleOptics_NamesWhatIsNeeded(string name, Optics optics)
    {
        var refusal = Assert.Throws<InferenceException>(optics.Validate);

        Assert.Equal(InferenceError.ParameterOutOfRange, refusal.Error);
        Assert.Equal($"parameters.{name}", refusal.Field);
        Assert.Contains("accepted:", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_OfAnApertureAboveTheIndex_SaysWhichIndex()
    {
        var refusal = Assert.Throws<InferenceException>((Scene.Oil with { ImmersionIndex = 1.33 }).Validate);

        Assert.Equal("Parameter na is 1.4; accepted: below the refractive index of the immersion, index = 1.33.", refusal.Message);
    }

    [Fact]
    public void Around_OfAnImage_IsOddAndNoLargerThanTheImage()
    {
        var grid = PsfGrid.Around(Scene.Oil, 0.2, 0.065, 0.065, new VolumeShape(12, 64, 1000));

        Assert.Equal((11, 63), (grid.Depth, grid.Height));

        // Two axial zeros of 0.928 ... µm and the cone of 67.5 degrees that opens over them, in voxels of 65 nm.
        var axial = 2 * 0.52 / (1.515 - Math.Sqrt((1.515 * 1.515) - 1.96));
        Assert.Equal((2 * (int)Math.Ceiling(axial * Math.Tan(Math.Asin(1.4 / 1.515)) / 0.065)) + 1, grid.Width);
    }

    [Fact]
    public void Around_OfASinglePlane_IsASinglePlaneThatNeedsNoDistanceOfSlices()
    {
        var grid = PsfGrid.Around(Scene.Oil, 0, 0.065, 0.065, new VolumeShape(1, 512, 512));

        Assert.Equal(1, grid.Depth);
        Assert.Equal(1, Scene.Values(Scene.Oil, grid).Sum(v => (double)v), 1e-5);
    }

    [Theory]
    [InlineData(0, 0.065, "z_step")]
    [InlineData(0.2, -1, "pixel_size")]
    public void Around_WithoutVoxelSizes_NamesTheOneThatIsNeeded(double z, double y, string name)
    {
        var refusal = Assert.Throws<InferenceException>(() => PsfGrid.Around(Scene.Oil, z, y, 0.065));

        Assert.Equal($"parameters.{name}", refusal.Field);
    }

    [Fact]
    public void FromOptics_OfAnImage_IsReadyToConvolve()
    {
        var psf = PointSpreadFunction.FromOptics(Scene.Oil, (0.2, 0.065, 0.065), new VolumeShape(16, 40, 40), TestContext.Current.CancellationToken);

        Assert.Equal(new VolumeShape(13, 39, 39), psf.Shape);
        Assert.Empty(psf.Warnings);
    }
}
