using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class PsfOperationTests
{
    private static readonly (string, object)[] Oil = [("na", 1.4), ("wavelength", 520.0), ("index", 1.515)];

    private static readonly Calibration Calibrated = new() { VoxelWidth = 65, VoxelHeight = 65, VoxelDepth = 200, Unit = "nm" };

    [Fact]
    public void Run_OnAnImage_TakesItsVoxelSizeAndIsNoLarger()
    {
        var result = VolumeRun.Of("psf/born-wolf", Image(12, 40, 41, Calibrated), Oil);

        Assert.Equal(new VolumeShape(11, 39, 41), result.Volume.Info.Shape);
        Assert.Equal((0.065, 0.065, 0.2), result.Volume.Info.Calibration.VoxelSizeMicrometres);
        Assert.Equal(1, result.Volume.ToSingles().Sum(v => (double)v), 1e-5);
        Assert.Equal(11L, result.EstimatedParameters["size_z"]);
    }

    [Fact]
    public void Run_OnASinglePixel_MakesAsManyVoxelsAsTheLightNeeds()
    {
        var result = VolumeRun.Of("psf/born-wolf", Image(1, 1, 1, Calibrated), Oil);

        Assert.Equal(new VolumeShape(13, 85, 85), result.Volume.Info.Shape);
    }

    [Fact]
    public void Run_OfCameraAndMagnification_IsThatOfThePixelInTheSample()
    {
        var plain = Image(1, 1, 1, Calibration.None);
        var camera = VolumeRun.Of("psf/gaussian", plain, [.. Oil, ("camera_pixel", 6.5), ("magnification", 100.0), ("z_step", 0.2), ("size_z", 5L)]);
        var direct = VolumeRun.Of("psf/gaussian", plain, [.. Oil, ("pixel_size", 0.065), ("z_step", 0.2), ("size_z", 5L)]);

        Assert.Equal(direct.Volume.ToSingles(), camera.Volume.ToSingles());
    }

    [Theory]
    [InlineData("na", 0.0)]
    [InlineData("na", 1.6)]
    [InlineData("wavelength", 0.0)]
    [InlineData("index", 0.0)]
    public void Run_WithMissingOrImpossibleOptics_NamesThem(string name, double value)
    {
        (string Name, object Value)[] parameters = [.. Oil.Where(p => p.Item1 != name), (name, value)];
        var refusal = Assert.Throws<InferenceException>(() => VolumeRun.Of("psf/gibson-lanni", Image(1, 1, 1, Calibrated), parameters));

        Assert.Equal($"parameters.{name}", refusal.Field);
    }

    [Fact]
    public void Run_OnAnImageWithoutVoxelSize_NamesThePixelSize()
    {
        var refusal = Assert.Throws<InferenceException>(() => VolumeRun.Of("psf/born-wolf", Image(8, 32, 32, Calibration.None), Oil));

        Assert.Equal("parameters.pixel_size", refusal.Field);
        Assert.Contains("camera_pixel and magnification", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_OfAWideGrid_CountsTheTablesOfItsLight()
    {
        var operation = new PsfOperation(PsfModel.BornWolf);
        (string Name, object Value)[] given = [.. Oil, ("size_z", 3L), ("size_y", 301L), ("size_x", 301L)];
        var parameters = ParameterSet.Create(operation.Declaration.Parameters, given.ToDictionary(p => p.Name, p => p.Value));
        var plan = operation.Plan(new TensorJobRequest(parameters, Image(1, 1, 1, Calibrated).Info, new Dictionary<string, VolumeInfo>()));

        // Radii up to 150 √2 voxels of 65 nm in steps of λ/NA/64, and more than 0.34 nodes for each of their 233 radians of phase.
        Assert.InRange(plan.WorkingBytes, 8L * 2370 * 80, 64L << 20);
    }

    [Fact]
    public void Run_OfMagnificationAlone_AsksForTheCameraPixel()
    {
        var refusal = Assert.Throws<InferenceException>(
            () => VolumeRun.Of("psf/born-wolf", Image(8, 32, 32, Calibrated), [.. Oil, ("magnification", 60.0)]));

        Assert.Equal("parameters.camera_pixel", refusal.Field);
    }

    [Fact]
    public void Run_OfWaterUnderOil_WarnsThatTheApertureIsCut()
    {
        var result = VolumeRun.Of("psf/gibson-lanni", Image(1, 1, 1, Calibrated), [.. Oil, ("sample_index", 1.33), ("size_z", 5L)]);

        Assert.Contains(result.Warnings, warning => warning.Contains("up to an aperture of 1.33", StringComparison.Ordinal));
    }

    private static MemoryVolume Image(int depth, int height, int width, Calibration calibration) =>
        new(new VolumeInfo(new VolumeShape(depth, height, width), PixelType.UInt8) { Calibration = calibration });
}
