using InferenceBridge.Client.Tests.Support;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests;

/// <summary>From file to file: what is in the folder before, during and after.</summary>
public sealed class FileRunTests : IDisposable
{
    private static readonly VolumeShape Shape = new(5, 40, 30);

    private readonly string _folder = Directory.CreateTempSubdirectory("ib files é ").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IEnumerable<string> Names => Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("in put.tif", "out ü 漢.tif")]
    [InlineData("same.tif", "same.tif")]
    [InlineData("in.ome.tif", "out.ome.tif")]
    public async Task RunAsync_FileToFile_WritesTheResultWithItsCalibration(string input, string output)
    {
        var image = Write(input);
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();

        var summary = await client.RunAsync(At(input), At(output), new RunRequest("test/op"), null, Cancellation);

        using var written = VolumeFile.OpenRead(At(output));
        Volumes.AssertSamePixels(image, MemoryVolume.From(written));
        Assert.Equal("µm", written.Info.Calibration.Unit);
        Assert.Equal(0.25, written.Info.Calibration.VoxelDepth, 6);
        Assert.Equal(Shape, summary.Result.Shape);
        Assert.Equal(new[] { input, output }.Distinct().Order(StringComparer.Ordinal), Names);
    }

    [Fact]
    public async Task RunAsync_WhileItRuns_HasOnlyATemporaryFileThatAFailureRemoves()
    {
        Write("in.tif");
        await File.WriteAllTextAsync(At("out.tif"), "before", Cancellation);
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            var declaration = await job.ReadDeclarationAsync();
            await job.ReadChunksAsync();
            await job.Responses.WriteAsync(Answers.Accepted(declaration.Inputs[0].Volume));
            await job.CancelledAsync();
        });
        await using var client = server.Connect(new InferenceBridgeClientOptions { Retry = new RetryOptions { MaxAttempts = 1 } });
        string[] during = [];
        var progress = new OnAccepted(() =>
        {
            during = [.. Names];
            server.DropJobs();
        });

        await Assert.ThrowsAsync<InferenceException>(
            () => client.RunAsync(At("in.tif"), At("out.tif"), new RunRequest("test/op"), progress, Cancellation));

        Assert.Equal(3, during.Length);
        Assert.Matches(@"^\.out\.tif\.[0-9a-f]{32}\.part$", during[0]);
        Assert.Equal(["in.tif", "out.tif"], Names);
        Assert.Equal("before", await File.ReadAllTextAsync(At("out.tif"), Cancellation));
    }

    [Theory]
    [InlineData("none.tif", "out.tif", InferenceError.FileUnreadable)]
    [InlineData("", "out.tif", InferenceError.FileUnreadable)]
    [InlineData("in.tif", "none/out.tif", InferenceError.FileUnwritable)]
    [InlineData("in.tif", "", InferenceError.FileUnwritable)]
    public async Task RunAsync_FileUnusable_IsRefusedAndNothingIsLeft(string input, string output, InferenceError expected)
    {
        Write("in.tif");
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();

        var error = await Assert.ThrowsAsync<InferenceException>(
            () => client.RunAsync(At(input), At(output), new RunRequest("test/op"), null, Cancellation));

        Assert.Equal(expected, error.Error);
        Assert.Equal(["in.tif"], Names);
    }

    [Fact]
    public async Task RunAsync_FileCutWhileItIsSent_SaysSoAndNothingIsLeft()
    {
        var path = At("in.tif");
        Write("in.tif", new VolumeShape(64, 512, 512));
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();
        var progress = new OnAccepted(() =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.SetLength(file.Length / 2);
        });

        var error = await Assert.ThrowsAsync<InferenceException>(
            () => client.RunAsync(path, At("out.tif"), new RunRequest("test/op"), progress, Cancellation));

        Assert.Equal(InferenceError.FileUnreadable, error.Error);
        Assert.Contains("changed while it was read", error.Message, StringComparison.Ordinal);
        Assert.Equal(["in.tif"], Names);
    }

    [Fact]
    public async Task RunAsync_RowOf8MiB_PassesInOneMessage()
    {
        await using var server = await ScriptedServer.StartAsync(Answers.EchoAsync);
        await using var client = server.Connect();
        var image = Volumes.Ramp(new VolumeShape(2, 2, 8 << 20), PixelType.UInt8);
        Volumes.AssertSamePixels(image, (await client.RunAsync(image, new RunRequest("test/op"), null, Cancellation)).Volume);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private MemoryVolume Write(string name, VolumeShape? shape = null)
    {
        var calibration = new Calibration { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = 0.25, Unit = "µm" };
        var volume = Volumes.Ramp(shape ?? Shape, PixelType.UInt16, calibration);
        using var writer = VolumeFile.Create(At(name), volume.Info);
        for (var plane = 0L; plane < volume.Info.Shape.PlaneCount; plane++)
        {
            writer.WriteRows(plane, 0, volume.Info.Shape.Height, volume.Plane(plane).Span);
        }

        writer.Complete();
        return volume;
    }

    /// <summary>Acts once, when the server has accepted the job.</summary>
    private sealed class OnAccepted(Action act) : IProgress<RunProgress>
    {
        private int _done;

        public void Report(RunProgress value)
        {
            if (value.PlanesTotal > 0 && Interlocked.Exchange(ref _done, 1) == 0)
            {
                act();
            }
        }
    }
}
