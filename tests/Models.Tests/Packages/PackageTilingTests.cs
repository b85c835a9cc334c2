using InferenceBridge.Imaging;
using InferenceBridge.Models.Packages;

namespace InferenceBridge.Models.Tests.Packages;

public sealed class PackageTilingTests : IDisposable
{
    private const string Standardise = "[{id: zero_mean_unit_variance, kwargs: {axes: [channel, y, x]}}]";
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("ib-packages-");

    public void Dispose() => _models.Delete(recursive: true);

    [Theory]
    [InlineData("{min: 8, step: 4}", 61, 150)]
    [InlineData("{min: 8, step: 4}", 7, 130)]
    [InlineData("{min: 32, step: 4}", 20, 111)]
    [InlineData("48", 70, 131)]
    [InlineData("48", 30, 49)]
    public void Process_PoolingNetworkInTiles_GivesTheWhole(string size, int height, int width)
    {
        var package = Open("pool", ["channel: 1", $"y: {size}", $"x: {size}"], Standardise);
        var image = PackageRun.Image(1, 2, 3, height, width);

        var whole = PackageRun.Of(package, image);

        Assert.True(package.IsTiled);
        PackageRun.Near(whole, PackageRun.Of(package, image, image.Info.Shape.StackElementCount - 1));
        PackageRun.Near(whole, PackageRun.Of(package, image, deviceBytes: 2 << 20));
        Assert.True(whole.Distinct().Count() > 100);
    }

    [Fact]
    public void Process_VolumeNetworkInTiles_GivesTheWhole()
    {
        var package = Open("solid", ["channel: 1", "z: {min: 1, step: 1}", "y: {min: 1, step: 1}", "x: {min: 1, step: 1}"],
            "[{id: scale_range, kwargs: {axes: [channel, z, y, x], min_percentile: 1, max_percentile: 99.8}}]");
        var image = PackageRun.Image(2, 1, 21, 40, 37);

        var whole = PackageRun.Of(package, image);

        foreach (var voxels in new long[] { 20000, 6000, 2000 })
        {
            PackageRun.Near(whole, PackageRun.Of(package, image, voxels));
        }
    }

    [Fact]
    public void Process_ChannelsAreSlices_SeesMirroredNeighbours()
    {
        var package = Open("slices", ["channel: 3", "y: {min: 1, step: 1}", "x: {min: 1, step: 1}"], more: "config: {inferencebridge: {channels: slices}}");
        var values = Enumerable.Range(0, 4).SelectMany(z => Enumerable.Repeat((float)(z * z), 6)).ToArray();

        var result = PackageRun.Of(package, MemoryVolume.FromSingles(values, new VolumeShape(4, 2, 3)));

        // 0 1 4 9, mirrored to 1 | 0 1 4 9 | 4: each less the mean of its neighbours.
        Assert.Equal([-1, -1, -1, 5], result.Chunk(6).Select(plane => Assert.Single(plane.Distinct())));
        var deep = PackageRun.Image(1, 1, 20, 9, 8);
        PackageRun.Near(PackageRun.Of(package, deep), PackageRun.Of(package, deep, 500));
    }

    [Fact]
    public void Plan_TooFewSlicesForTheContext_NamesTheSize()
    {
        var package = Open("slices", ["channel: 3", "y: {min: 1, step: 1}", "x: {min: 1, step: 1}"], more: "config: {inferencebridge: {channels: slices}}");
        var refusal = Assert.Throws<InferenceException>(() => PackageRun.Of(package, PackageRun.Image(1, 1, 1, 9, 8)));
        Assert.Equal((InferenceError.ShapeInvalid, "image.size_z"), (refusal.Error, refusal.Field));
        Assert.Contains("at least 2", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Process_RestoreScale_UndoesTheNormalisation()
    {
        var package = Open("plus1", ["channel: 1", "y: {min: 1, step: 1}", "x: {min: 1, step: 1}"], Standardise, "config: {inferencebridge: {restore_scale: true}}");

        // Mean 30, deviation 10: one more in normalised units is 10 more.
        var result = PackageRun.Of(package, MemoryVolume.FromSingles([20, 40, 20, 40], new VolumeShape(1, 2, 2)));

        PackageRun.Near([30, 50, 30, 50], result);
    }

    [Fact]
    public void Plan_GlobalNetwork_SeesTheWholeOrIsRefused()
    {
        var package = Open("mean", ["channel: 1", "y: {min: 1, step: 1}", "x: {min: 1, step: 1}"]);
        var image = PackageRun.Image(1, 1, 3, 40, 30);

        var result = PackageRun.Of(package, image);

        var plane = image.ToSingles()[..1200];
        PackageRun.Near([.. plane.Select(value => value - plane.Average())], result[..1200]);
        Assert.Equal(InferenceError.DeviceOutOfMemory, Assert.Throws<InferenceException>(() => PackageRun.Of(package, image, deviceBytes: 1 << 19)).Error);
    }

    [Fact]
    public void Reach_PoolingNetwork_IsMeasured()
    {
        var package = Open("pool", ["channel: 1", "y: {min: 8, step: 4}", "x: {min: 8, step: 4}"]);

        // 1 of the first convolution, then on the coarse grid 2 convolutions of 1 cell each, 1 of the last, with phases of the grid: within a cell of 10.
        Assert.All(package.Model.Traits.Axes.Values, axis => Assert.InRange(axis.Reach, 9, 14));
        Assert.False(package.Model.Traits.IsGlobal);
    }

    [Fact]
    public void Run_TwoChannelsToThree_KeepsFramesAndSlices()
    {
        var package = Open("mix", ["channel: 2", "y: {min: 1, step: 1}", "x: {min: 1, step: 1}"], outputs: ["channel: 3", "y: {tensor_id: raw, axis_id: y}", "x: {tensor_id: raw, axis_id: x}"]);
        float[] values = [.. Enumerable.Range(0, 2 * 2 * 3 * 4).Select(i => (float)i)];

        var result = PackageRun.Of(package, MemoryVolume.FromSingles(values, new VolumeShape(2, 2, 3, 2, 2)));

        Assert.False(package.IsTiled);
        Assert.Equal(2 * 3 * 3 * 4, result.Length);
        for (var t = 0; t < 2; t++)
        {
            for (var i = 0; i < 12; i++)
            {
                var (a, b) = (values[(t * 24) + i], values[(t * 24) + 12 + i]);
                Assert.Equal((a + b, a - b, 2 * a), (result[(t * 36) + i], result[(t * 36) + 12 + i], result[(t * 36) + 24 + i]));
            }
        }
    }

    [Fact]
    public void Run_LargerOutput_HasFinerVoxels()
    {
        var package = Open("double", ["channel: 1", "y: {min: 4, step: 4}", "x: {min: 4, step: 4}"],
            outputs: ["channel: 1", "y: {tensor_id: raw, axis_id: y}, scale: 0.5", "x: {tensor_id: raw, axis_id: x}, scale: 0.5"]);
        var image = MemoryVolume.FromSingles([1, 2, 3, 4, 5, 6], new VolumeShape(1, 2, 3), new Calibration { VoxelWidth = 0.4, VoxelHeight = 0.4, Unit = "µm" });

        Assert.Equal([1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 4, 4, 5, 5, 6, 6], PackageRun.Of(package, image));
        var request = new TensorJobRequest(ParameterSet.Create([], new Dictionary<string, object>()), image.Info, new Dictionary<string, VolumeInfo>());

        // Nothing can be cut: 4×4 px, of which one row and column are mirrored, at once.
        Assert.Equal(4 * 4 * package.Model.Traits.BytesPerVoxel, ((IVolumeOperation)package.Operation).Plan(request).DeviceBytes);
        Assert.Equal(0.2, ((IVolumeOperation)package.Operation).Plan(request).Calibration.VoxelWidth, 9);
    }

    [Fact]
    public void Process_NucleiNetworkInTiles_GivesTheWhole()
    {
        var package = ModelPackage.Open(RealData.Require("models/unet2d_nuclei_broad"));
        var image = PackageRun.Image(1, 1, 1, 260, 1700);
        PackageRun.Near(PackageRun.Of(package, image), PackageRun.Of(package, image, (260 * 1700) - 1));
    }

    [Fact]
    public void Run_TwoInputNetworkInBlocks_GivesTheWhole()
    {
        var package = ModelPackage.Open(RealData.Require("models/unet2d_multi_tensor"));
        var (a, b) = (PackageRun.Image(1, 1, 1, 250, 371), PackageRun.Image(1, 1, 1, 250, 371));

        var whole = PackageRun.Of(package, a, auxiliaries: ("input1", b));

        Assert.Equal(2 * 250 * 371, whole.Length);
        PackageRun.Near(whole, PackageRun.Of(package, a, deviceBytes: 20 << 20, auxiliaries: ("input1", b)));
    }

    private ModelPackage Open(string network, string[] axes, string steps = "[]", string more = "", string[]? outputs = null) =>
        ModelPackage.Open(TestNetworks.Write(_models.FullName, network, network, axes, steps, more, outputs));
}
