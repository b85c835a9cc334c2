using InferenceBridge.Client.Tests.Support;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests;

public class RunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1, 1, 1, 1, PixelType.UInt8)]
    [InlineData(2, 3, 4, 5, 7, PixelType.UInt16)]
    [InlineData(1, 1, 9, 300, 401, PixelType.Float32)] // two planes a chunk, with a rest
    [InlineData(1, 2, 1, 700, 600, PixelType.Float64)] // a plane of several chunks of rows
    [InlineData(1, 1, 3, 2, 150000, PixelType.Float64)] // a row larger than the usual chunk
    public async Task RunAsync_Echo_ReturnsEveryPixel(int t, int c, int z, int y, int x, PixelType type)
    {
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();
        var image = Volumes.Ramp(new VolumeShape(t, c, z, y, x), type);

        var result = await client.RunAsync(image, new RunRequest("test/op"), null, Cancellation);

        Volumes.AssertSamePixels(image, result.Volume);
        Assert.Equal(1, result.Summary.Attempts);
    }

    [Fact]
    public async Task RunAsync_VolumeBeyondEveryWindow_OverlapsUploadAndDownload()
    {
        // 64 MiB: more than all windows and buffers hold, so a client that reads only after it has written would stall.
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();
        var image = Volumes.Ramp(new VolumeShape(64, 1024, 1024), PixelType.UInt8);

        var result = await client.RunAsync(image, new RunRequest("test/op"), null, Cancellation);

        Volumes.AssertSamePixels(image, result.Volume);
    }

    [Fact]
    public async Task RunAsync_OverUnixSocket_Works()
    {
        var path = Path.Combine(Path.GetTempPath(), $"ib-{Guid.NewGuid():n}.sock");
        await using var server = await ScriptedServer.StartOnSocketAsync(Answers.EchoAsync, path);
        await using var client = server.Connect();
        var image = Volumes.Ramp(new VolumeShape(2, 3, 4));

        var result = await client.RunAsync(image, new RunRequest("test/op"), null, Cancellation);

        Volumes.AssertSamePixels(image, result.Volume);
    }

    [Fact]
    public async Task RunAsync_Request_ReachesServerAsDeclared()
    {
        Proto.Declaration? declaration = null;
        List<Proto.Chunk> chunks = [];
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            declaration = await job.ReadDeclarationAsync();
            chunks = await job.ReadChunksAsync();
            await job.Responses.WriteAsync(Answers.Accepted(new Proto.VolumeDescription
            {
                SizeT = 1, SizeC = 1, SizeZ = 1, SizeY = 1, SizeX = 1, PixelType = Proto.PixelType.Float32,
            }));
            await job.Responses.WriteAsync(Answers.Planes(0, 1, new VolumeShape(1, 1, 1)));
            await job.Responses.WriteAsync(Answers.Summary());
        });
        await using var client = server.Connect();
        var image = Volumes.Ramp(new VolumeShape(2, 3, 4, 5, 6), PixelType.UInt16, new Calibration
        {
            VoxelWidth = 65, VoxelHeight = 66, VoxelDepth = 200, Unit = "nm", FrameInterval = 500, TimeUnit = "ms",
        });

        await client.RunAsync(image, new RunRequest("deconvolve/richardson-lucy")
        {
            Parameters = new Dictionary<string, ParameterValue>
            {
                ["iterations"] = 10, ["background"] = 0.5, ["edges"] = "reflect", ["clip"] = true,
            },
            Auxiliaries = new Dictionary<string, IVolumeReader> { ["psf"] = Volumes.Ramp(new VolumeShape(3, 3, 3), PixelType.Float32) },
            OutputPixelType = PixelType.Float32,
            Statistics = new IntensityStatistics(1, 2, 1.5, 0.25, 0.125),
        }, null, Cancellation);

        Assert.NotNull(declaration);
        Assert.Equal("deconvolve/richardson-lucy", declaration.Operation);
        Assert.Equal(10, declaration.Parameters["iterations"].Integer);
        Assert.Equal(0.5, declaration.Parameters["background"].Number);
        Assert.Equal("reflect", declaration.Parameters["edges"].Choice);
        Assert.True(declaration.Parameters["clip"].Boolean);
        Assert.Equal(Proto.PixelType.Float32, declaration.OutputPixelType);
        Assert.Equal(["image", "psf"], declaration.Inputs.Select(input => input.Name));
        var volume = declaration.Inputs[0].Volume;
        Assert.Equal([2, 3, 4, 5, 6], [volume.SizeT, volume.SizeC, volume.SizeZ, volume.SizeY, volume.SizeX]);
        Assert.Equal(Proto.PixelType.Uint16, volume.PixelType);
        Assert.Equal(0.065, volume.VoxelSizeXUm, 12);
        Assert.Equal(0.066, volume.VoxelSizeYUm, 12);
        Assert.Equal(0.2, volume.VoxelSizeZUm, 12);
        Assert.Equal(0.5, volume.FrameIntervalS, 12);
        Assert.Equal(0.125, declaration.Inputs[0].Statistics.NoiseStandardDeviation);
        Assert.Null(declaration.Inputs[1].Statistics);

        // 24 planes of 60 bytes fit one chunk; auxiliary volumes come first.
        Assert.Equal(["psf", "image"], chunks.Select(chunk => chunk.Input));
        Assert.Equal(24, chunks[1].PlaneCount);
        Assert.Equal(0, chunks[1].RowCount);
        Assert.Equal(Crc32C.Compute(chunks[1].Data.Span), chunks[1].Crc32C);
    }

    [Fact]
    public async Task RunAsync_Summary_CarriesWhatServerSays()
    {
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            var declaration = await job.ReadDeclarationAsync();
            await job.ReadChunksAsync();
            await job.Responses.WriteAsync(Answers.Accepted(declaration.Inputs[0].Volume));
            await job.Responses.WriteAsync(Answers.Planes(0, 2, new VolumeShape(2, 2, 2)));
            await job.Responses.WriteAsync(new Proto.ProcessResponse
            {
                Summary = new Proto.Summary
                {
                    Operation = "test/op", OperationVersion = "3", ServerVersion = "0.1.0", Device = "cuda:0",
                    UploadSeconds = 1, ComputeSeconds = 2, DownloadSeconds = 3, TotalSeconds = 4, Tiles = 5, Voxels = 6,
                    WeightsSha256 = "ab", Warnings = { "2 pixels saturated" },
                    Parameters = { ["h"] = new Proto.ParameterValue { Number = 0.25 } },
                    ResultStatistics = new Proto.IntensityStatistics { Minimum = 1, Maximum = 3, Mean = 2, StandardDeviation = 0.5 },
                },
            });
        });
        await using var client = server.Connect();

        var (_, summary) = await client.RunAsync(
            Volumes.Ramp(new VolumeShape(2, 2, 2), PixelType.Float32), new RunRequest("test/op"), null, Cancellation);

        Assert.Equal(("test/op", "3", "0.1.0", "cuda:0"),
            (summary.Operation, summary.OperationVersion, summary.ServerVersion, summary.Device));
        Assert.Equal((1.0, 2.0, 3.0, 4.0),
            (summary.UploadSeconds, summary.ComputeSeconds, summary.DownloadSeconds, summary.TotalSeconds));
        Assert.Equal((5L, 6L, "ab"), (summary.Tiles, summary.Voxels, summary.WeightsSha256));
        Assert.Equal(["2 pixels saturated"], summary.Warnings);
        Assert.Equal(0.25, summary.Parameters["h"].Value);
        Assert.Equal(new IntensityStatistics(1, 3, 2, 0.5), summary.ResultStatistics);
        Assert.Equal(new VolumeShape(2, 2, 2), summary.Result.Shape);
    }

    [Fact]
    public async Task RunAsync_Progress_RisesToTheEnd()
    {
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            var declaration = await job.ReadDeclarationAsync();
            await job.Responses.WriteAsync(Answers.Accepted(declaration.Inputs[0].Volume));
            await job.ReadChunksAsync();
            await job.Responses.WriteAsync(new Proto.ProcessResponse
            {
                Progress = new Proto.Progress { Stage = "computing", PlanesComputed = 3, PlanesTotal = 4 },
            });
            await job.Responses.WriteAsync(Answers.Planes(0, 1, new VolumeShape(4, 2, 2)));
            await job.Responses.WriteAsync(Answers.Planes(1, 3, new VolumeShape(4, 2, 2)));
            await job.Responses.WriteAsync(Answers.Summary());
        });
        await using var client = server.Connect();
        var progress = new ListProgress();

        await client.RunAsync(Volumes.Ramp(new VolumeShape(4, 2, 2), PixelType.Float32), new RunRequest("test/op"), progress, Cancellation);

        Assert.Equal([0, 1, 4], progress.Reports.Select(report => report.PlanesReceived).Distinct());
        Assert.Contains(progress.Reports, report => report is { Stage: "computing", PlanesComputed: 3 });
        Assert.Contains(progress.Reports, report => report.Device == "cpu");
        var last = progress.Reports[^1];
        Assert.Equal(3, last.Plan?.Tiles);
        Assert.Equal(new RunProgress("computing")
        {
            Device = "cpu", Plan = last.Plan, PlanesSent = 4, PlanesToSend = 4, PlanesComputed = 3, PlanesReceived = 4, PlanesTotal = 4,
        }, last);
    }

    [Fact]
    public async Task RunAsync_Success_CompletesAndDisposesWriterButNotReaders()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();
        var volume = Volumes.Ramp(new VolumeShape(5, 300, 300));
        using var reader = new SpyReader(volume);
        SpyWriter? writer = null;

        await client.RunAsync(reader, info => writer = new SpyWriter(info), new RunRequest("test/op"), null, Cancellation);

        Assert.NotNull(writer);
        Assert.True(writer.IsComplete);
        Assert.True(writer.IsDisposed);
        Assert.False(reader.IsDisposed);
        Volumes.AssertSamePixels(volume, writer.Volume);
    }

    [Fact]
    public async Task RunAsync_ManyJobsAtOnce_DoNotMix()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();
        var images = Enumerable.Range(1, 6).Select(i => Volumes.Ramp(new VolumeShape(i, 100 + i, 200 + i))).ToList();

        var results = await Task.WhenAll(images.Select(image => client.RunAsync(image, new RunRequest("test/op"), null, Cancellation)));

        foreach (var (image, result) in images.Zip(results))
        {
            Volumes.AssertSamePixels(image, result.Volume);
        }
    }

    [Fact]
    public async Task RunAsync_AfterDispose_Throws()
    {
        var client = InferenceBridgeClient.Connect("127.0.0.1:1");
        await client.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            client.RunAsync(Volumes.Ramp(new VolumeShape(1, 1, 1)), new RunRequest("test/op"), null, Cancellation));
    }
}
