using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Functional;

/// <summary>Volumes through a real server on a real socket, with the SDK.</summary>
public sealed class RunTests(LiveServer server) : IClassFixture<LiveServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, PixelType> SocketsAndTypes
    {
        get
        {
            var data = new TheoryData<string, PixelType>();
            foreach (var type in Enum.GetValues<PixelType>())
            {
                data.Add("tcp", type);
                data.Add("unix", type);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(SocketsAndTypes))]
    public async Task Identity_EveryPixelType_ReturnsTheSameBytes(string socket, PixelType type)
    {
        await using var client = server.Connect(socket);
        var image = Volumes.Random(new VolumeInfo(new VolumeShape(2, 2, 3, 17, 13), type));
        var result = await client.RunAsync(image, new RunRequest("diagnostic/identity"), null, Cancellation);
        Volumes.AssertSame(image, result.Volume);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 500_000)]
    [InlineData(5, 1500, 1100)]
    [InlineData(257, 3, 2)]
    public async Task Identity_AwkwardShapes_ReturnTheSameBytes(int depth, int height, int width)
    {
        await using var client = server.Connect();
        var image = Volumes.Random(new VolumeInfo(new VolumeShape(depth, height, width), PixelType.UInt16));
        var result = await client.RunAsync(image, new RunRequest("diagnostic/identity"), null, Cancellation);
        Volumes.AssertSame(image, result.Volume);
        Assert.Equal(image.Info.Shape.ElementCount, result.Summary.Voxels);
    }

    [Fact]
    public async Task Gaussian_ManyStacks_EqualsEachStackAlone()
    {
        await using var client = server.Connect();
        var image = Volumes.Random(new VolumeInfo(new VolumeShape(2, 2, 5, 33, 29), PixelType.Float32));
        var request = new RunRequest("denoise/gaussian")
        {
            Parameters = new Dictionary<string, ParameterValue> { ["sigma_xy"] = 1.5, ["sigma_z"] = 1.0 },
        };
        var whole = (await client.RunAsync(image, request, null, Cancellation)).Volume;
        for (var stack = 0; stack < 4; stack++)
        {
            var alone = new MemoryVolume(new VolumeInfo(new VolumeShape(5, 33, 29), PixelType.Float32));
            for (var z = 0; z < 5; z++)
            {
                image.Plane((stack * 5) + z).CopyTo(alone.Plane(z));
            }

            var expected = (await client.RunAsync(alone, request, null, Cancellation)).Volume;
            for (var z = 0; z < 5; z++)
            {
                Assert.True(expected.Plane(z).Span.SequenceEqual(whole.Plane((stack * 5) + z).Span), $"stack {stack}, slice {z}");
            }
        }
    }

    [Fact]
    public async Task Nlm_SimulatedStack_RaisesPsnrAndKeepsCalibration()
    {
        await using var client = server.Connect();
        var sample = Phantom.Create(new PhantomOptions { Depth = 8, Height = 96, Width = 96 }, Cancellation);
        var result = await client.RunAsync(sample.Noisy, new RunRequest("denoise/nlm"), null, Cancellation);
        var before = ImageMetrics.Compare(sample.Noisy, sample.Blurred, fit: true, cancellation: Cancellation).Psnr;
        var after = ImageMetrics.Compare(result.Volume, sample.Blurred, fit: true, cancellation: Cancellation).Psnr;
        Assert.True(after > before + 2, $"{before:0.00} dB before, {after:0.00} dB after");
        Assert.Equal(sample.Noisy.Info.Calibration, result.Volume.Info.Calibration);
        Assert.Equal(PixelType.UInt16, result.Volume.Info.PixelType);
        Assert.Equal("cpu", result.Summary.Device);
    }

    [Fact]
    public async Task RichardsonLucy_SimulatedStack_ComesCloserToTheTruth()
    {
        await using var client = server.Connect();
        var sample = Phantom.Create(new PhantomOptions { Depth = 24, Height = 64, Width = 64 }, Cancellation);
        var result = await client.RunAsync(sample.Noisy, new RunRequest("deconvolve/richardson-lucy")
        {
            Parameters = new Dictionary<string, ParameterValue> { ["iterations"] = 20L, ["background"] = 106.0 },
            Auxiliaries = new Dictionary<string, IVolumeReader> { ["psf"] = sample.Psf },
        }, null, Cancellation);
        var before = ImageMetrics.Compare(sample.Noisy, sample.Truth, fit: true, cancellation: Cancellation).Psnr;
        var after = ImageMetrics.Compare(result.Volume, sample.Truth, fit: true, cancellation: Cancellation).Psnr;
        Assert.True(after > before + 0.5, $"{before:0.00} dB before, {after:0.00} dB after");
        Assert.Equal(PixelType.Float32, result.Volume.Info.PixelType);
    }

    [Fact]
    public async Task Run_TiffToTiff_KeepsPixelsAndCalibration()
    {
        await using var client = server.Connect();
        var calibration = new Calibration { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = 0.35, Unit = "micron", FrameInterval = 1.5 };
        var image = Volumes.Random(new VolumeInfo(new VolumeShape(2, 3, 4, 20, 30), PixelType.UInt16) { Calibration = calibration });
        var input = Path.Combine(server.Folder, "in.tif");
        var output = Path.Combine(server.Folder, "out é 1.tif");
        using (var writer = VolumeFile.Create(input, image.Info))
        {
            for (var plane = 0; plane < image.Info.Shape.PlaneCount; plane++)
            {
                writer.WriteRows(plane, 0, 20, image.Plane(plane).Span);
            }

            writer.Complete();
        }

        using (var reader = VolumeFile.OpenRead(input))
        {
            await client.RunAsync(reader, info => VolumeFile.Create(output, info), new RunRequest("diagnostic/identity"), null, Cancellation);
        }

        using var result = VolumeFile.OpenRead(output);
        Assert.Equal(0.35, result.Info.Calibration.VoxelDepth);
        Assert.Equal(0.1, result.Info.Calibration.VoxelWidth, 1e-7);
        Assert.Equal("micron", result.Info.Calibration.Unit);
        Assert.Equal(1.5, result.Info.Calibration.FrameInterval);
        Volumes.AssertSame(image, MemoryVolume.From(result));
    }

    [Fact]
    public async Task Run_ManyClientsAtOnce_AllComplete()
    {
        var images = Enumerable.Range(0, 12)
            .Select(seed => Volumes.Random(new VolumeInfo(new VolumeShape(4 + seed, 31, 37), PixelType.UInt8), seed)).ToList();
        await Task.WhenAll(images.Select(async image =>
        {
            await using var client = server.Connect(image.Info.Shape.Depth % 2 == 0 ? "tcp" : "unix");
            var result = await client.RunAsync(image, new RunRequest("diagnostic/identity"), null, Cancellation);
            Volumes.AssertSame(image, result.Volume);
        }));
    }
}
