using InferenceBridge.Server.Frames;

namespace InferenceBridge.Server.Tests.Frames;

public class FrameQueueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAsync_FullAndBlocking_WaitsForAPlace()
    {
        using var queue = new FrameQueue(1, dropsOldest: false);
        await queue.AddAsync(Frame(1), Cancellation);
        var second = queue.AddAsync(Frame(2), Cancellation).AsTask();

        Assert.False(second.IsCompleted);
        Assert.Equal(1, (await queue.TakeAsync(Cancellation)).Frame!.Id);
        await second;
        Assert.Equal(2, (await queue.TakeAsync(Cancellation)).Frame!.Id);
    }

    [Fact]
    public async Task AddAsync_FullAndDropping_DropsTheOldestFrameAndNothingElse()
    {
        using var queue = new FrameQueue(2, dropsOldest: true);
        foreach (var item in new[] { new FrameItem { IsExport = true }, Frame(1), Frame(2), Frame(3), Frame(4), FrameItem.End })
        {
            await queue.AddAsync(item, Cancellation);
        }

        Assert.Equal([1, 2], queue.TakeDropped());
        Assert.Empty(queue.TakeDropped());
        Assert.Equal(2, queue.DroppedTotal);
        Assert.True((await queue.TakeAsync(Cancellation)).IsExport);
        Assert.Equal(3, (await queue.TakeAsync(Cancellation)).Frame!.Id);
        Assert.Equal(4, (await queue.TakeAsync(Cancellation)).Frame!.Id);
        Assert.Same(FrameItem.End, await queue.TakeAsync(Cancellation));
    }

    [Fact]
    public void Quantile_KnownLatencies_IsWithinAStep()
    {
        var histogram = new LatencyHistogram();
        for (var i = 1; i <= 100; i++)
        {
            histogram.Add(i / 1000.0);
        }

        Assert.InRange(histogram.Quantile(0.5), 0.050, 0.0525);
        Assert.InRange(histogram.Quantile(0.99), 0.099, 0.100);
        Assert.Equal(0.1, histogram.Quantile(1), 3);
        Assert.Equal(0.1, histogram.Maximum);
    }

    private static FrameItem Frame(long id) => new() { Frame = new Proto.Frame { Id = id } };
}
