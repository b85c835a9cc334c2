using System.Buffers;
using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Jobs;

public class ResultWriterTests
{
    private static readonly VolumeInfo Volume = new(new VolumeShape(10, 1, 100), PixelType.UInt8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAsync_ClientDoesNotRead_WaitsAtTheBound()
    {
        var client = new SlowClient();
        var writer = new ResultWriter(client, 250, new JobClock(new ManualTime()), new ClientPatience(TimeSpan.FromSeconds(5), new ManualTime()));
        var running = writer.RunAsync(Cancellation);
        await WriteAsync(writer, 0);
        await WriteAsync(writer, 1);
        var third = WriteAsync(writer, 2);
        Assert.False(third.IsCompleted);

        client.Read.Release(1);
        await third;
        client.Read.Release(10);
        writer.Finish(new Proto.ProcessResponse { Summary = new Proto.Summary() });
        await running;
        Assert.Equal([0, 1, 2], client.Planes);
    }

    [Fact]
    public async Task Post_ClientDoesNotRead_DropsProgress()
    {
        var client = new SlowClient();
        var writer = new ResultWriter(client, 250, new JobClock(new ManualTime()), new ClientPatience(TimeSpan.FromSeconds(5), new ManualTime()));
        for (var i = 0; i < 10_000; i++)
        {
            writer.Post(new Proto.ProcessResponse { Progress = new Proto.Progress() });
        }

        client.Read.Release(10_001);
        writer.Finish(new Proto.ProcessResponse { Summary = new Proto.Summary() });
        await writer.RunAsync(Cancellation);
        Assert.InRange(client.Messages, 2, 300);
    }

    private static Task WriteAsync(ResultWriter writer, int plane) =>
        writer.WriteAsync(Volume, new ChunkRange(plane, 1, 0, 1), ArrayPool<byte>.Shared.Rent(100), 100, Cancellation).AsTask();

    private sealed class SlowClient : IServerStreamWriter<Proto.ProcessResponse>
    {
        public SemaphoreSlim Read { get; } = new(0);

        public List<long> Planes { get; } = [];

        public int Messages { get; private set; }

        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(Proto.ProcessResponse message) => WriteAsync(message, CancellationToken.None);

        public async Task WriteAsync(Proto.ProcessResponse message, CancellationToken cancellationToken)
        {
            await Read.WaitAsync(CancellationToken.None);
            Messages++;
            if (message.Chunk is not null)
            {
                Planes.Add(message.Chunk.FirstPlane);
            }
        }
    }
}
