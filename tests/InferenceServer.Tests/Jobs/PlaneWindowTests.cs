using InferenceBridge.Imaging;
using InferenceBridge.Server.Jobs;

namespace InferenceBridge.Server.Tests.Jobs;

public class PlaneWindowTests
{
    private static readonly VolumeInfo Info = new(new VolumeShape(6, 2, 3), PixelType.UInt8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAsync_WindowFull_WaitsForRelease()
    {
        var window = new PlaneWindow(Info, 2);
        await window.WriteAsync(Planes(0, 2), Cancellation);
        var third = window.WriteAsync(Planes(2, 1), Cancellation).AsTask();
        Assert.False(third.IsCompleted);
        window.ReleaseBefore(1);
        await third;
        Assert.Equal(2, window.Count);
        Assert.Equal([20, 21, 22, 23, 24, 25], window.Rows(2, 0, 2).ToArray());
    }

    [Fact]
    public async Task WriteAsync_PartsOfAPlane_AreOnePlane()
    {
        var window = new PlaneWindow(Info, 2);
        await window.WriteAsync(new ReceivedChunk(new ChunkRange(0, 1, 0, 1), new byte[] { 1, 2, 3 }), Cancellation);
        Assert.Equal(0, window.Count);
        await window.WriteAsync(new ReceivedChunk(new ChunkRange(0, 1, 1, 1), new byte[] { 4, 5, 6 }), Cancellation);
        Assert.Equal([1, 2, 3, 4, 5, 6], window.Rows(0, 0, 2).ToArray());
        Assert.Equal([4, 5, 6], window.Rows(0, 1, 1).ToArray());
    }

    [Fact]
    public async Task WaitForAsync_PlaneNotThere_WaitsUntilItIs()
    {
        var window = new PlaneWindow(Info, 6);
        var waiting = window.WaitForAsync(2, Cancellation).AsTask();
        await window.WriteAsync(Planes(0, 1), Cancellation);
        Assert.False(waiting.IsCompleted);
        await window.WriteAsync(Planes(1, 1), Cancellation);
        await waiting;
    }

    [Fact]
    public async Task WriteAsync_Cancelled_EndsTheWait()
    {
        var window = new PlaneWindow(Info, 1);
        using var source = new CancellationTokenSource();
        await window.WriteAsync(Planes(0, 1), Cancellation);
        var waiting = window.WriteAsync(Planes(1, 1), source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static ReceivedChunk Planes(int first, int count) => new(
        new ChunkRange(first, count, 0, 2),
        Enumerable.Range(first, count).SelectMany(plane => Enumerable.Range(0, 6).Select(i => (byte)((plane * 10) + i))).ToArray());
}
