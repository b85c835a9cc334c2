using InferenceBridge.Client.Tests.Support;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests;

/// <summary>Second volumes of a job: checked, written and made visible as the result is.</summary>
public class SideOutputTests
{
    private static readonly VolumeShape Shape = new(2, 1, 1, 3, 2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_SideOutput_IsWrittenBesideTheResult()
    {
        Proto.Declaration? declaration = null;
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            declaration = await job.ReadDeclarationAsync();
            await job.ReadChunksAsync();
            await SendAsync(job, Script("sound"));
        });
        await using var client = server.Connect();
        var (result, side) = (new List<SpyWriter>(), new List<SpyWriter>());

        await RunAsync(client, result, side);

        Assert.Equal(["field"], declaration!.SideOutputs);
        Assert.Equal(Enumerable.Repeat(7f, 12), result.Single().Volume.ToSingles());
        Assert.Equal([.. Enumerable.Repeat(1f, 12), .. Enumerable.Repeat(2f, 12)], side.Single().Volume.ToSingles());
        Assert.Equal(Shape with { Channels = 2 }, side[0].Info.Shape);
        Assert.Equal(0.25, side[0].Info.Calibration.VoxelWidth);
        Assert.Empty(side[0].Info.ChannelNames);
        Assert.All([.. result, .. side], writer => Assert.Equal((true, true), (writer.IsComplete, writer.IsDisposed)));
    }

    [Theory]
    [InlineData("not announced", InferenceError.ProtocolViolation)]
    [InlineData("announced in uint8", InferenceError.ProtocolViolation)]
    [InlineData("of another name", InferenceError.ProtocolViolation)]
    [InlineData("incomplete", InferenceError.ProtocolViolation)]
    [InlineData("corrupt", InferenceError.ChunkCorrupt)]
    [InlineData("repeated", InferenceError.ChunkOutOfOrder)]
    public async Task RunAsync_ServerBreaksProtocol_DiscardsBoth(string violation, InferenceError expected)
    {
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            await job.ReadDeclarationAsync();
            await job.ReadChunksAsync();
            await SendAsync(job, Script(violation));
        });
        await using var client = server.Connect();
        var (result, side) = (new List<SpyWriter>(), new List<SpyWriter>());

        var error = await Assert.ThrowsAsync<InferenceException>(() => RunAsync(client, result, side));

        Assert.Equal(expected, error.Error);
        Assert.Contains("accepted:", error.Message, StringComparison.Ordinal);
        Assert.All([.. result, .. side], writer => Assert.Equal((false, true), (writer.IsComplete, writer.IsDisposed)));
        Assert.Single(result);
    }

    [Fact]
    public async Task RunAsync_ServerLostBetweenChunks_BeginsBothAnew()
    {
        var begun = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            await job.ReadDeclarationAsync();
            await job.ReadChunksAsync();
            if (job.Number == 1)
            {
                await SendAsync(job, Script("sound").Take(3));
                await begun.Task;
                job.DropConnection();
                return;
            }

            await SendAsync(job, Script("sound"));
        });
        await using var client = server.Connect(new InferenceBridgeClientOptions { Retry = new RetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1), AfterPartialResult = true } });
        var (result, side) = (new List<SpyWriter>(), new List<SpyWriter>());

        await RunAsync(client, result, side, begun: begun);

        Assert.Equal([(false, true), (true, true)], side.Select(writer => (writer.IsComplete, writer.IsDisposed)));
        Assert.Equal([(false, true), (true, true)], result.Select(writer => (writer.IsComplete, writer.IsDisposed)));
        Assert.Equal([.. Enumerable.Repeat(1f, 12), .. Enumerable.Repeat(2f, 12)], side[1].Volume.ToSingles());
    }

    [Fact]
    public async Task RunAsync_SideWriterFails_DiscardsTheResultToo()
    {
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            await job.ReadDeclarationAsync();
            await job.ReadChunksAsync();
            await SendAsync(job, Script("sound"));
        });
        await using var client = server.Connect();
        var (result, side) = (new List<SpyWriter>(), new List<SpyWriter>());

        var error = await Assert.ThrowsAsync<InferenceException>(() => RunAsync(client, result, side, failAtPlane: 2));

        Assert.Equal(InferenceError.FileUnwritable, error.Error);
        Assert.Equal((false, true), (result.Single().IsComplete, result[0].IsDisposed));
        Assert.Equal((false, true), (side.Single().IsComplete, side[0].IsDisposed));
    }

    private static Task<RunSummary> RunAsync(InferenceBridgeClient client, List<SpyWriter> result, List<SpyWriter> side, long? failAtPlane = null, TaskCompletionSource? begun = null)
    {
        static SpyWriter Keep(List<SpyWriter> writers, SpyWriter writer)
        {
            writers.Add(writer);
            return writer;
        }

        var info = new VolumeInfo(Shape, PixelType.Float32)
        {
            Calibration = new Calibration { VoxelWidth = 0.25, VoxelHeight = 0.25, VoxelDepth = 1, Unit = "µm" }, ChannelNames = ["GFP"],
        };
        return client.RunAsync(new MemoryVolume(info), volume => Keep(result, new SpyWriter(volume)), new RunRequest("test/op")
        {
            SideOutputs = new Dictionary<string, Func<VolumeInfo, IVolumeWriter>>
            {
                ["field"] = volume =>
                {
                    begun?.TrySetResult();
                    return Keep(side, new SpyWriter(volume, failAtPlane));
                },
            },
        }, null, Cancellation);
    }

    private static async Task SendAsync(ScriptedJob job, IEnumerable<Proto.ProcessResponse> answers)
    {
        foreach (var answer in answers)
        {
            await job.Responses.WriteAsync(answer);
        }
    }

    private static IEnumerable<Proto.ProcessResponse> Script(string violation)
    {
        static Proto.VolumeDescription Volume(int channels) => new()
        {
            SizeT = 2, SizeC = channels, SizeZ = 1, SizeY = 3, SizeX = 2, PixelType = Proto.PixelType.Float32, VoxelSizeXUm = 0.25, VoxelSizeYUm = 0.25,
        };
        var accepted = Answers.Accepted(Volume(1));
        if (violation != "not announced")
        {
            var side = new Proto.SideVolume { Name = "field", Volume = Volume(2) };
            side.Volume.PixelType = violation == "announced in uint8" ? Proto.PixelType.Uint8 : side.Volume.PixelType;
            accepted.Accepted.SideOutputs.Add(side);
        }

        yield return accepted;
        for (var t = 0; t < 2; t++)
        {
            yield return Answers.Planes(t, 1, Shape);
            var chunk = Answers.Planes(violation == "repeated" ? 0 : 2 * t, 2, Shape, value: t + 1);
            chunk.Chunk.Input = violation == "of another name" ? "flow" : "field";
            chunk.Chunk.Crc32C += violation == "corrupt" ? 1u : 0;
            if (t == 0 || violation != "incomplete")
            {
                yield return chunk;
            }
        }

        yield return Answers.Summary();
    }
}
