using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class SampleTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("beads")]
    [InlineData("tubules")]
    [InlineData("cells")]
    public async Task Sample_Kind_WritesFourFilesOfOneGrid(string kind)
    {
        var result = await Tool.RunAsync("sample", kind, _folder["s.tif"], "--size", "6x40x48", "--seed", "7");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Equal(["s-blurred.tif", "s-psf.tif", "s-truth.tif", "s.tif"], _folder.Names);
        Assert.Equal(4, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (var name in new[] { "s.tif", "s-truth.tif", "s-blurred.tif" })
        {
            using var volume = VolumeFile.OpenRead(_folder[name]);
            Assert.Equal(new VolumeShape(6, 40, 48), volume.Info.Shape);
            Assert.Equal(0.25, volume.Info.Calibration.VoxelSizeMicrometres!.Value.Z, 1e-6);
        }

        AssertPsf("s-psf.tif", new VolumeShape(6, 40, 48));
    }

    [Fact]
    public async Task Sample_Movie_IsWhatRegisterFindsTheMotionOf()
    {
        Assert.Equal(0, (await Tool.RunAsync("sample", "movie", _folder["m.tif"], "--size", "1x96x112", "--frames", "40", "--motion", "5")).Code);
        Assert.Equal(["m-fields.tif", "m-still.tif", "m.tif"], _folder.Names);
        var result = await Tool.RunAsync("register", _folder["m.tif"], _folder["a.tif"], "--fields", _folder["f.tif"]);
        Assert.True(result.Code == 0, result.Error);

        // Less their means over the frames: nobody can tell where the specimen stood. The rigid part is most of the motion.
        var (truth, found) = (Moves(_folder["m-fields.tif"]), Moves(_folder["f.tif"]));
        Assert.True(truth.Average(Math.Abs) > 0.7);
        Assert.InRange(truth.Zip(found, (a, b) => Math.Abs(a - b)).Average(), 0, 0.15);
    }

    [Fact]
    public async Task Sample_OmeName_KeepsTheSuffix()
    {
        await Tool.RunAsync("sample", "beads", _folder["s.ome.tif"], "--size", "1x16x16");
        Assert.Equal(["s-blurred.ome.tif", "s-psf.ome.tif", "s-truth.ome.tif", "s.ome.tif"], _folder.Names);
    }

    [Fact]
    public async Task Sample_SameSeed_GivesTheSamePixels()
    {
        foreach (var (name, seed) in new[] { ("a.tif", "3"), ("b.tif", "3"), ("c.tif", "4") })
        {
            Assert.Equal(0, (await Tool.RunAsync("sample", "beads", _folder[name], "--size", "2x32x32", "--seed", seed)).Code);
        }

        Assert.Equal(TestFolder.Read(_folder["a.tif"]), TestFolder.Read(_folder["b.tif"]));
        Assert.NotEqual(TestFolder.Read(_folder["a.tif"]), TestFolder.Read(_folder["c.tif"]));
    }

    [Theory]
    [InlineData(1, 32, 32)]
    [InlineData(4, 6, 9)]
    [InlineData(64, 64, 64)]
    public async Task SamplePsf_LikeAFile_IsOddNormalisedAndNeverLarger(int depth, int height, int width)
    {
        var micrometres = new Calibration { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = 0.3, Unit = "µm" };
        var image = _folder.WriteStack("image.tif", new VolumeShape(depth, height, width), i => (ushort)i, micrometres);
        var result = await Tool.RunAsync("sample", "psf", _folder["psf.tif"], "--like", image);
        Assert.Equal((0, ""), (result.Code, result.Error));
        AssertPsf("psf.tif", new VolumeShape(depth, height, width));
    }

    [Fact]
    public async Task SamplePsf_FileWithoutCalibration_AsksForTheVoxelSize()
    {
        var image = _folder.WriteStack("image.tif", new VolumeShape(1, 32, 32), i => (ushort)i);
        Assert.Contains("--voxel-size", await Tool.RefuseAsync(2, "sample", "psf", _folder["psf.tif"], "--like", image), StringComparison.Ordinal);
        Assert.Equal(["image.tif"], _folder.Names);
        var given = await Tool.RunAsync("sample", "psf", _folder["psf.tif"], "--like", image, "--voxel-size", "0.3,0.1,0.1");
        Assert.Equal((0, ""), (given.Code, given.Error));
    }

    [Theory]
    [InlineData("--na", "2", "numerical_aperture")]
    [InlineData("--size", "0x16x16", "size_z")]
    [InlineData("--voxel-size", "0.2,0.1,0.2", "--voxel-size")]
    public async Task Sample_OutOfRange_NamesTheOptionAndWritesNothing(string option, string value, string name)
    {
        var message = await Tool.RefuseAsync(2, "sample", "beads", _folder["s.tif"], option, value);
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains("accepted", message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    private void AssertPsf(string name, VolumeShape limit)
    {
        using var reader = VolumeFile.OpenRead(_folder[name]);
        var shape = reader.Info.Shape;
        Assert.All(new[] { (shape.Depth, limit.Depth), (shape.Height, limit.Height), (shape.Width, limit.Width) }, axis =>
        {
            Assert.Equal(1, axis.Item1 % 2);
            Assert.InRange(axis.Item1, 1, axis.Item2);
        });
        var values = TestFolder.Read(_folder[name]);
        Assert.Equal(1, values.Sum(value => (double)value), 1e-5);
        Assert.Equal(values.Max(), values[values.Length / 2]);
    }

    // The mean displacement of each frame along y and x.
    private static double[] Moves(string path)
    {
        using var reader = VolumeFile.OpenRead(path);
        var values = MemoryVolume.From(reader).ToSingles();
        var (frames, pixels) = (reader.Info.Shape.Frames, (int)reader.Info.Shape.PlaneElementCount);
        var means = Enumerable.Range(0, 2 * frames).Select(i => values.AsSpan(i * pixels, pixels).ToArray().Average()).ToArray();
        return [.. means.Select((mean, i) => (double)mean - Enumerable.Range(0, frames).Average(t => means[(2 * t) + (i % 2)]))];
    }
}
