using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class PsfPreparationTests
{
    private static readonly Calibration Image = Voxels(0.1, 0.3);

    [Theory]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(0.45, -0.3, 0.25)]
    [InlineData(-2.0, 1.4, -3.2)]
    public void From_GaussianOffTheMiddle_IsCentredToAPartOfAVoxel(double z, double y, double x)
    {
        var psf = PointSpreadFunction.From(Gaussian((17, 20, 21), (8 + z, 10 + y, 10 + x)), 0, Calibration.None, centre: true);

        var (cz, cy, cx) = psf.Centre;
        Assert.Equal((8 + (int)Math.Floor(z + 0.5), 10 + (int)Math.Floor(y + 0.5), 10 + (int)Math.Floor(x + 0.5)), psf.Centre);
        var expected = Gaussian((17, 20, 21), (cz, cy, cx)).ToSingles();
        var sum = expected.Sum(value => (double)value);
        Near.Equal(expected.Select(value => value / sum), psf.Values, 2e-3);
        Assert.Equal(1, psf.Values.Sum(value => (double)value), 1e-5);
        Assert.Equal(z == 0 ? 0 : 1, psf.Warnings.Count(warning => warning.Contains("centred", StringComparison.Ordinal)));
    }

    [Fact]
    public void From_OffCentreKernel_LeavesTheObjectWhereItIs()
    {
        // A point that the kernel's bright corner images: the object is at the bright pixel, whatever the kernel's box.
        var psf = Sample.Fill(1, 7, 8, (_, y, x) => Math.Exp(-(Math.Pow(y - 1, 2) + Math.Pow(x - 5, 2)) / 0.9));
        var image = Sample.Fill(1, 31, 32, (_, y, x) => 1000 * Math.Exp(-(Math.Pow(y - 15, 2) + Math.Pow(x - 12, 2)) / 0.9));

        var result = new OperationRun("deconvolve/richardson-lucy", ("iterations", 200L)).WithPsf(psf).Whole(image);

        Assert.Equal((15 * 32) + 12, Array.IndexOf(result, result.Max()));
    }

    [Fact]
    public void From_SmallNegatives_AreCutWithAWarning()
    {
        var values = Gaussian((5, 7, 7), (2, 3, 3)).ToSingles();
        (values[0], values[1]) = (-0.02f, -0.01f);

        var psf = PointSpreadFunction.From(MemoryVolume.FromSingles(values, new VolumeShape(5, 7, 7)), 0, Calibration.None, centre: false);

        Assert.Equal(0, psf.Values[0]);
        Assert.Equal(1, psf.Values.Sum(value => (double)value), 1e-5);
        Assert.Contains("The psf had 2 negative values, down to -0.02 beside a peak of 1; they were set to 0.", psf.Warnings);
    }

    [Theory]
    [InlineData(0.1, 9, 3)]
    [InlineData(0.6, 9, 17)]
    [InlineData(0.2, 8, 5)]
    public void From_AnotherZStep_IsResampledAroundItsCentre(double step, int depth, int expectedDepth)
    {
        // Linear along z about slice 4, which linear interpolation keeps exactly.
        var values = Sample.Fill(depth, 3, 3, (z, y, x) => (10 - Math.Abs(z - 4)) * (y == 1 && x == 1 ? 4 : 1));
        var volume = new MemoryVolume(new VolumeInfo(new VolumeShape(depth, 3, 3), PixelType.Float32) { Calibration = Voxels(0.1, step) });
        for (var z = 0; z < depth; z++)
        {
            PixelConverter.FromSingle(Sample.ToSingles(values).AsSpan(z * 9, 9), PixelType.Float32, volume.Plane(z).Span);
        }

        var psf = PointSpreadFunction.From(volume, 0, Image, centre: false);

        Assert.Equal(expectedDepth, psf.Shape.Depth);
        var profile = Enumerable.Range(0, expectedDepth).Select(z => 10 - Math.Abs((z - psf.Centre.Z) * 0.3 / step)).ToArray();
        Near.Equal(profile.Select(value => 4 * value / (12 * profile.Sum())),
            [.. Enumerable.Range(0, expectedDepth).Select(z => psf.Values[(z * 9) + 4])], 1e-5);
        Assert.Contains(psf.Warnings, warning => warning.Contains("was resampled", StringComparison.Ordinal));
    }

    [Fact]
    public void From_AnotherPixelSize_IsResampledAlongEachAxisAndTold()
    {
        // Triangles of 0.05 µm voxels along y and of 0.2 µm voxels along x, on the image's 0.1 µm.
        var values = Sample.Fill(1, 9, 5, (_, y, x) => (5 - Math.Abs(y - 4)) * (3 - Math.Abs(x - 2)));
        var volume = new MemoryVolume(new VolumeInfo(new VolumeShape(1, 9, 5), PixelType.Float32)
        {
            Calibration = new Calibration { VoxelHeight = 0.05, VoxelWidth = 0.2, VoxelDepth = 0.3, Unit = "µm" },
        });
        PixelConverter.FromSingle(Sample.ToSingles(values), PixelType.Float32, volume.Plane(0).Span);

        var psf = PointSpreadFunction.From(volume, 0, Image, centre: true);

        Assert.Equal((1, 5, 9), (psf.Shape.Depth, psf.Shape.Height, psf.Shape.Width));
        Assert.Equal((0, 2, 4), psf.Centre);
        double[] along = [1, 3, 5, 3, 1], across = [1, 1.5, 2, 2.5, 3, 2.5, 2, 1.5, 1];
        Near.Equal(along.SelectMany(y => across.Select(x => y * x / (along.Sum() * across.Sum()))), psf.Values, 1e-6);
        Assert.Equal("The psf's pixel is 0.05×0.2 µm (y×x) and the image's 0.1×0.1 µm; the psf was resampled.", Assert.Single(psf.Warnings));
    }

    [Fact]
    public void Plan_StepThatMakesThePsfDeeperThanTheImage_IsRefused()
    {
        var psf = new MemoryVolume(new VolumeInfo(new VolumeShape(9, 3, 3), PixelType.Float32) { Calibration = Voxels(0.1, 0.6) });
        var run = new OperationRun("deconvolve/tikhonov").WithPsf(psf);

        var error = Assert.Throws<InferenceException>(() => run.Plan(new VolumeInfo(new VolumeShape(16, 20, 20), PixelType.Float32) { Calibration = Image }));

        Assert.Equal(InferenceError.ShapeMismatch, error.Error);
        Assert.Contains("17×3×3 on the image's voxels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Process_PsfForEachChannel_UsesTheChannelsOwn()
    {
        var (first, second) = (Sample.Psf(3, 3, 5), Sample.Psf(3, 5, 3));
        var wide = Sample.Fill(3, 5, 5, (z, y, x) => y is >= 1 and < 4 ? first[z, y - 1, x] : 0);
        var high = Sample.Fill(3, 5, 5, (z, y, x) => x is >= 1 and < 4 ? second[z, y, x - 1] : 0);
        var both = new MemoryVolume(new VolumeInfo(new VolumeShape(1, 2, 3, 5, 5), PixelType.Float32));
        for (var z = 0; z < 3; z++)
        {
            PixelConverter.FromSingle(Sample.ToSingles(wide).AsSpan(z * 25, 25), PixelType.Float32, both.Plane(z).Span);
            PixelConverter.FromSingle(Sample.ToSingles(high).AsSpan(z * 25, 25), PixelType.Float32, both.Plane(3 + z).Span);
        }

        var image = Sample.Image(5, 9, 10);
        (string, object)[] parameters = [("iterations", 5L), ("psf_centring", "middle")];
        using var job = new OperationRun("deconvolve/richardson-lucy", parameters).WithPsf(both).Start(
            new VolumeInfo(new VolumeShape(2, 2, 5, 9, 10), PixelType.Float32));
        using var tile = OperationRun.ToTensor(image);
        foreach (var (channel, psf) in new[] { (0, wide), (1, high), (0, wide) })
        {
            using var result = job.Process(tile, new TileContext(channel, TestContext.Current.CancellationToken));
            Near.Equal(new RichardsonLucyReference(psf, 5).Deconvolve(image), result.data<float>().ToArray(), 1e-4);
        }
    }

    [Fact]
    public void Plan_OpticsWithoutCalibration_AsksForIt()
    {
        var error = Assert.Throws<InferenceException>(() => WithOptics(1.2, 520, 1.33).Plan(new VolumeShape(8, 32, 32)));

        Assert.Equal(InferenceError.InputMissing, error.Error);
        Assert.Contains("voxel size", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.2, 0.0, 1.33, "wavelength is not given")]
    [InlineData(0.0, 520.0, 0.0, "na, index are not given")]
    [InlineData(0.0, 0.0, 0.0, "na, wavelength, index are not given")]
    public void Plan_OpticsIncomplete_NamesWhatIsMissing(double aperture, double wavelength, double index, string text)
    {
        var error = Assert.Throws<InferenceException>(() => WithOptics(aperture, wavelength, index).Plan(
            new VolumeInfo(new VolumeShape(8, 32, 32), PixelType.Float32) { Calibration = Image }));

        Assert.Equal(InferenceError.InputMissing, error.Error);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_ApertureAboveTheIndex_IsRefused()
    {
        var error = Assert.Throws<InferenceException>(() => WithOptics(1.4, 520, 1.33).Plan(
            new VolumeInfo(new VolumeShape(8, 32, 32), PixelType.Float32) { Calibration = Image }));

        Assert.Equal(InferenceError.ParameterOutOfRange, error.Error);
        Assert.Contains("1.4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_PsfAndOptics_IsRefused()
    {
        var error = Assert.Throws<InferenceException>(() => WithOptics(1.2, 520, 1.33).WithPsf(Sample.Psf(3, 3, 3)).Plan(
            new VolumeInfo(new VolumeShape(8, 32, 32), PixelType.Float32) { Calibration = Image }));

        Assert.Equal(InferenceError.UsageInvalid, error.Error);
    }

    [Fact]
    public void Process_Optics_GivesWhatTheirPsfGives()
    {
        var shape = new VolumeShape(9, 24, 24);
        var optics = new Optics { NumericalAperture = 1.2, WavelengthNm = 520, ImmersionIndex = 1.33 };
        var psf = PsfSampler.Sample(optics, PsfGrid.Around(optics, 0.3, 0.1, 0.1, shape), TestContext.Current.CancellationToken);
        var run = WithOptics(1.2, 520, 1.33);
        using var job = run.Start(new VolumeInfo(shape, PixelType.Float32) { Calibration = Image });
        var image = Sample.Image(9, 24, 24);
        using var tile = OperationRun.ToTensor(image);
        using var result = job.Process(tile, TestContext.Current.CancellationToken);

        var expected = new OperationRun("deconvolve/richardson-lucy", ("psf_centring", "middle")).WithPsf(psf).Whole(image);

        Near.Equal(expected, result.data<float>().ToArray(), 1e-5);
        Assert.StartsWith("BornWolf model, NA 1.2, 520 nm, index 1.33, ", job.Details["psf"], StringComparison.Ordinal);
    }

    private static OperationRun WithOptics(double aperture, double wavelength, double index) =>
        new("deconvolve/richardson-lucy", ("na", aperture), ("wavelength", wavelength), ("index", index));

    private static Calibration Voxels(double xy, double z) => new() { VoxelWidth = xy, VoxelHeight = xy, VoxelDepth = z, Unit = "µm" };

    private static MemoryVolume Gaussian((int Z, int Y, int X) size, (double Z, double Y, double X) centre) => Sample.ToVolume(
        Sample.Fill(size.Z, size.Y, size.X, (z, y, x) =>
            Math.Exp(-(Math.Pow(z - centre.Z, 2) + Math.Pow(y - centre.Y, 2) + Math.Pow(x - centre.X, 2)) / (2 * 1.2 * 1.2))));
}
