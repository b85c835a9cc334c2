using InferenceBridge.Client.Tests.Support;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests;

/// <summary>From file to file: what a TIFF tells of its image arrives with the result.</summary>
public sealed class FileTests : IDisposable
{
    private static readonly ImageMetadata Metadata = new()
    {
        Info = "Objective = 63x\n",
        SliceLabels = ["a", "b"],
        DisplayRanges = [new DisplayRange(5, 50)],
        Luts = [ChannelLut.Ramp(255, 0, 0)],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("ib-sdk-files-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task RunAsync_Echo_CarriesMetadataAndTellsTheOperation()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();

        var summary = await client.RunAsync(Input(), At("out.tif"), new RunRequest("test/op"),
            new TiffWriteOptions { Compression = TiffCompression.Deflate }, null, Cancellation);

        using var result = VolumeFile.OpenRead(At("out.tif"));
        Assert.Equal((Metadata.Info, "deflate"), (result.Metadata.Info, result.Format.Compression));
        Assert.Equal(Metadata.SliceLabels, result.Metadata.SliceLabels);
        Assert.Equal(Metadata.DisplayRanges, result.Metadata.DisplayRanges);
        Assert.Equal(Metadata.Luts, result.Metadata.Luts);
        Assert.Empty(summary.Warnings);
        var entry = Assert.Single(result.Metadata.Provenance);
        Assert.Equal(("test/op", "1", "9.9.9", "cpu", "in.tif"), (entry.Operation, entry.OperationVersion, entry.ServerVersion, entry.Device, entry.Source));
    }

    [Fact]
    public async Task RunAsync_ResultOnAnotherScale_ShowsItsOwnRangeAndSaysSo()
    {
        await using var server = await ScriptedServer.StartAsync(job => AnswerAsync(job, new VolumeShape(2, 3, 4), 1000000, 2000000));
        await using var client = server.Connect();

        var summary = await client.RunAsync(Input(), At("out.tif"), new RunRequest("test/op"), null, Cancellation);

        using var result = VolumeFile.OpenRead(At("out.tif"));
        Assert.Equal([new DisplayRange(1000000, 2000000)], result.Metadata.DisplayRanges);
        Assert.Contains("another scale", Assert.Single(summary.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ResultOfOtherDepth_DropsLabelsAndSaysSo()
    {
        await using var server = await ScriptedServer.StartAsync(job => AnswerAsync(job, new VolumeShape(1, 3, 4), 10));
        await using var client = server.Connect();

        var summary = await client.RunAsync(Input(), At("out.tif"), new RunRequest("test/op"), null, Cancellation);

        using var result = VolumeFile.OpenRead(At("out.tif"));
        Assert.Empty(result.Metadata.SliceLabels);
        Assert.Equal(Metadata.Info, result.Metadata.Info);
        Assert.Contains("slice labels", Assert.Single(summary.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OmeImage_MakesAnOmeTiffUnlessAskedOtherwise()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();
        var input = Write("in.ome.tif", new TiffWriteOptions());

        await client.RunAsync(input, At("a.tif"), new RunRequest("test/op"), null, Cancellation);
        var summary = await client.RunAsync(input, At("b.ome.tif"), new RunRequest("test/op"), new TiffWriteOptions { Flavour = TiffFlavour.ImageJ }, null, Cancellation);

        using var ome = VolumeFile.OpenRead(At("a.tif"));
        using var imageJ = VolumeFile.OpenRead(At("b.ome.tif"));
        Assert.Equal((TiffFlavour.Ome, TiffFlavour.ImageJ), (ome.Format.Flavour, imageJ.Format.Flavour));
        Assert.Single(ome.Metadata.Provenance);
        Assert.Contains("OME-XML", Assert.Single(summary.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_WriterOfTheCallers_IsToldTheOperation()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();
        using var image = VolumeFile.OpenRead(Input());

        await client.RunAsync(image, info => VolumeFile.Create(At("out.tif"), info), new RunRequest("test/op"), null, Cancellation);

        using var result = VolumeFile.OpenRead(At("out.tif"));
        Assert.Equal("test/op", Assert.Single(result.Metadata.Provenance).Operation);
    }

    private static async Task AnswerAsync(ScriptedJob job, VolumeShape shape, params float[] planes)
    {
        await job.ReadDeclarationAsync();
        await job.ReadChunksAsync();
        await job.Responses.WriteAsync(Answers.Accepted(new Proto.VolumeDescription
        {
            SizeT = 1, SizeC = 1, SizeZ = shape.Depth, SizeY = shape.Height, SizeX = shape.Width, PixelType = Proto.PixelType.Float32,
        }));
        for (var plane = 0; plane < planes.Length; plane++)
        {
            await job.Responses.WriteAsync(Answers.Planes(plane, 1, shape, planes[plane]));
        }

        await job.Responses.WriteAsync(Answers.Summary());
    }

    private string Input() => Write("in.tif", new TiffWriteOptions { Metadata = Metadata });

    private string Write(string name, TiffWriteOptions options)
    {
        var image = Volumes.Ramp(new VolumeShape(2, 3, 4), PixelType.UInt16);
        using var writer = VolumeFile.Create(At(name), image.Info, options);
        for (var plane = 0; plane < 2; plane++)
        {
            writer.WriteRows(plane, 0, 3, image.Plane(plane).Span);
        }

        writer.Complete();
        return At(name);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
