using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

/// <summary>Metadata on the command line: kept by run, shown by info.</summary>
public sealed class MetadataTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_ImageJStack_KeepsItsMetadataAndInfoShowsThem()
    {
        var report = await Tool.RunJsonAsync("run", "denoise/gaussian", Stack(), _folder["out.tif"], "--compression", "deflate");
        var info = await Tool.RunJsonAsync("info", _folder["out.tif"]);
        Assert.Equal(0, report.GetProperty("warnings").GetArrayLength());
        Assert.Equal("deflate", info.GetProperty("compression").GetString());
        var metadata = info.GetProperty("metadata");
        Assert.Equal(["first", "second"], metadata.GetProperty("slice_labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Equal("red", metadata.GetProperty("luts")[0].GetProperty("name").GetString());
        Assert.Equal([5, 50], metadata.GetProperty("display_ranges")[0].EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal("Objective = 63x\n", metadata.GetProperty("info").GetString());
        var entry = metadata.GetProperty("provenance")[0];
        Assert.Equal("denoise/gaussian", entry.GetProperty("operation").GetString());
        Assert.Equal(report.GetProperty("parameters").EnumerateObject().Count(), entry.GetProperty("parameters").EnumerateObject().Count());
        Assert.Equal("in.tif", entry.GetProperty("source").GetString());

        var text = await Tool.RunAsync("info", _folder["out.tif"]);
        Assert.All(["red", "5 to 50", "first", "Objective = 63x", "denoise/gaussian, version"],
            part => Assert.Contains(part, text.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_ZstdForImageJ_WarnsThatImageJDoesNotReadIt()
    {
        var report = await Tool.RunJsonAsync("run", "diagnostic/identity", Stack(), _folder["out.tif"], "--compression", "zstd");
        Assert.Contains("Plain ImageJ does not read zstd", report.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_FormatAndCompression_AreThoseOfAllItsFiles()
    {
        await Tool.RunAsync("sample", "cells", _folder["a.tif"], "--size", "3x32x32", "--compression", "deflate", "--format", "ome");
        var info = await Tool.RunJsonAsync("info", _folder["a-truth.tif"]);
        Assert.Equal(("ome", "deflate"), (info.GetProperty("flavour").GetString(), info.GetProperty("compression").GetString()));
    }

    [Theory]
    [InlineData("--compression is \"rar\"; accepted: none, deflate, zstd", "--compression", "rar")]
    [InlineData("--format is \"png\"; accepted: imagej, ome", "--format", "png")]
    public async Task Run_UnknownChoice_IsRefusedByName(string expected, string option, string value) =>
        Assert.Contains(expected, await Tool.RefuseAsync(2, "run", "diagnostic/identity", Stack(), _folder["out.tif"], option, value), StringComparison.Ordinal);

    private string Stack()
    {
        var shape = new VolumeShape(2, 8, 8);
        using var writer = VolumeFile.Create(_folder["in.tif"], new VolumeInfo(shape, PixelType.UInt16), new TiffWriteOptions
        {
            Metadata = new ImageMetadata
            {
                Info = "Objective = 63x\n", SliceLabels = ["first", "second"], DisplayRanges = [new DisplayRange(5, 50)], Luts = [ChannelLut.Ramp(255, 0, 0)],
            },
        });
        for (var plane = 0; plane < 2; plane++)
        {
            writer.WriteRows(plane, 0, 8, Enumerable.Range(0, 64).SelectMany(i => BitConverter.GetBytes((ushort)(i + plane))).ToArray());
        }

        writer.Complete();
        return _folder["in.tif"];
    }
}
