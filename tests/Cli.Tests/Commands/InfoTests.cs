using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class InfoTests : IDisposable
{
    private static readonly Calibration Nanometres = new() { VoxelWidth = 80, VoxelHeight = 80, VoxelDepth = 250, Unit = "nm" };

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Info_Json_TellsAxesSizesCalibrationAndStorage()
    {
        var file = _folder.WriteStack("a.tif", new VolumeShape(3, 5, 7), i => (ushort)i, Nanometres);
        var info = await Tool.RunJsonAsync("info", file);
        Assert.Equal("TCZYX", info.GetProperty("axes").GetString());
        var size = info.GetProperty("size");
        Assert.Equal([1, 1, 3, 5, 7], new[] { "t", "c", "z", "y", "x" }.Select(axis => size.GetProperty(axis).GetInt32()));
        Assert.Equal("uint16", info.GetProperty("pixel_type").GetString());
        Assert.Equal("nm", info.GetProperty("voxel_size").GetProperty("unit").GetString());
        Assert.Equal(0.25, info.GetProperty("voxel_size_um").GetProperty("z").GetDouble(), 1e-9);
        Assert.Equal("image_j", info.GetProperty("flavour").GetString());
        Assert.Equal("none", info.GetProperty("compression").GetString());
        Assert.False(info.GetProperty("bigtiff").GetBoolean());
        Assert.Contains(info.GetProperty("byte_order").GetString(), new[] { "little", "big" });
    }

    [Fact]
    public async Task Info_Text_IsReadable()
    {
        var file = _folder.WriteStack("a.ome.tif", new VolumeShape(3, 5, 7), i => (ushort)i, Nanometres);
        var result = await Tool.RunAsync("info", file);
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains("1×1×3×5×7 (t×c×z×y×x), 105 voxels, 210 bytes", result.Output, StringComparison.Ordinal);
        Assert.Contains("80 × 80 × 250 nm", result.Output, StringComparison.Ordinal);
        Assert.Contains("OME-TIFF", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_NotATiff_IsRefusedByName() =>
        Assert.Contains("a.tif", await Tool.RefuseAsync(2, "info", _folder.WriteText("a.tif", "hello")), StringComparison.Ordinal);

    [Fact]
    public async Task Info_MissingFile_IsRefusedByName() =>
        Assert.Contains("no such file", await Tool.RefuseAsync(2, "info", _folder["none.tif"]), StringComparison.Ordinal);
}
