using System.Diagnostics;
using System.Text.Json;

namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>What an independent reader, Debian's python3-tifffile, finds in the files that are written.</summary>
public sealed class TifffileTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import hashlib, json, sys, tifffile
        file = tifffile.TiffFile(sys.argv[1])
        series, page = file.series[0], file.pages[0]
        pixels = series.asarray()
        ij = file.imagej_metadata or {}
        print(json.dumps({
            "axes": series.axes, "shape": series.shape, "type": str(pixels.dtype), "kind": series.kind,
            "sha256": hashlib.sha256(pixels.astype(pixels.dtype.newbyteorder("<")).tobytes()).hexdigest(),
            "resolution": page.tags["XResolution"].value[0] / page.tags["XResolution"].value[1],
            "ome": file.ome_metadata or "", "info": ij.get("Info", ""), "labels": ij.get("Labels", []),
            "ranges": ij.get("Ranges", []), "luts": [lut.tolist() for lut in ij.get("LUTs", [])],
            "unit": ij.get("unit", ""), "spacing": ij.get("spacing", 0), "interval": ij.get("finterval", 0),
            "overlays": len(ij.get("Overlays", [])), "properties": ij.get("Properties", {}),
        }))
        """;

    private static readonly VolumeInfo Info = new(new VolumeShape(2, 2, 3, 41, 57), PixelType.UInt16)
    {
        Calibration = new Calibration { VoxelWidth = 0.0645, VoxelHeight = 0.0645, VoxelDepth = 0.3, Unit = "micron", FrameInterval = 2.5 },
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("ib-tifffile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(TiffCompression.None, false)]
    [InlineData(TiffCompression.None, true)]
    [InlineData(TiffCompression.Deflate, false)]
    public async Task Write_ImageJHyperstack_IsReadWithEverything(TiffCompression compression, bool bigTiff)
    {
        var metadata = MetadataSamples.Full(Info.Shape);
        var read = await ReadAsync("a.tif", new TiffWriteOptions
        {
            Metadata = metadata, Compression = compression, BigTiffThresholdBytes = bigTiff ? 0 : long.MaxValue,
        });
        Assert.Equal(("TZCYX", "uint16", "imagej"), (Text(read, "axes"), Text(read, "type"), Text(read, "kind")));
        Assert.Equal(Hash(channelsFastest: true), Text(read, "sha256"));
        Assert.Equal(1 / 0.0645, read.GetProperty("resolution").GetDouble(), 1e-9);
        Assert.Equal(("micron", 0.3, 2.5), (Text(read, "unit"), read.GetProperty("spacing").GetDouble(), read.GetProperty("interval").GetDouble()));
        Assert.StartsWith(metadata.Info, Text(read, "info"), StringComparison.Ordinal);
        Assert.Contains("Parameter h = 0.5\n", Text(read, "info"), StringComparison.Ordinal);
        Assert.Equal(["plane 0 µ", "plane 3 µ", "plane 1 µ"], read.GetProperty("labels").EnumerateArray().Take(3).Select(label => label.GetString()));
        Assert.Equal([0.25, 100, 1.25, 101], read.GetProperty("ranges").EnumerateArray().Select(value => value.GetDouble()));
        var lut = read.GetProperty("luts")[1].EnumerateArray().SelectMany(row => row.EnumerateArray().Select(value => value.GetByte()));
        Assert.Equal(MetadataSamples.Fire.Bytes.ToArray(), lut);
        Assert.Equal(2, read.GetProperty("overlays").GetInt32());
        Assert.Equal("DAPI µ", read.GetProperty("properties").GetProperty("Stain").GetString());
    }

    [Theory]
    [InlineData(TiffCompression.None)]
    [InlineData(TiffCompression.Deflate)]
    public async Task Write_OmeTiff_IsReadWithItsXml(TiffCompression compression)
    {
        var read = await ReadAsync("a.ome.tif", new TiffWriteOptions { Compression = compression, Metadata = new ImageMetadata { Provenance = [MetadataSamples.Entry] } });
        Assert.Equal(("TCZYX", "uint16", "ome"), (Text(read, "axes"), Text(read, "type"), Text(read, "kind")));
        Assert.Equal(Hash(channelsFastest: false), Text(read, "sha256"));
        Assert.Contains("PhysicalSizeX=\"0.0645\" PhysicalSizeXUnit=\"µm\"", Text(read, "ome"), StringComparison.Ordinal);
        Assert.Contains("<M K=\"Operation\">denoise/nlm</M>", Text(read, "ome"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_Zstd_IsReadByLibtiffsTools()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/tiffcp"), "libtiff's tiffcp is not installed.");
        var path = MetadataSamples.Write(_folder, "a.ome.tif", Info, new TiffWriteOptions { Compression = TiffCompression.Zstd });
        var plain = Path.Combine(_folder, "plain.ome.tif");
        await RunAsync("/usr/bin/tiffcp", "-c", "none", path, plain);
        Assert.Equal(Hash(channelsFastest: false), Text(JsonDocument.Parse(await PythonAsync(plain)).RootElement, "sha256"));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Hash(bool channelsFastest)
    {
        var (shape, volume) = (Info.Shape, TiffRoundTripTests.Numbered(Info));
        var planes = Enumerable.Range(0, (int)shape.PlaneCount);
        if (channelsFastest)
        {
            planes = planes.OrderBy(plane => shape.PlaneAt(plane).T).ThenBy(plane => shape.PlaneAt(plane).Z).ThenBy(plane => shape.PlaneAt(plane).C);
        }

        var bytes = planes.SelectMany(plane => volume.Plane(plane).ToArray()).ToArray();
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
    }

    private static async Task<string> PythonAsync(string path)
    {
        Assert.SkipUnless(File.Exists(Python) && Directory.Exists("/usr/lib/python3/dist-packages/tifffile"), "Debian's python3-tifffile is not installed.");
        return await RunAsync(Python, "-c", Script, path);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }

    private async Task<JsonElement> ReadAsync(string name, TiffWriteOptions options) =>
        JsonDocument.Parse(await PythonAsync(MetadataSamples.Write(_folder, name, Info, options))).RootElement;
}
