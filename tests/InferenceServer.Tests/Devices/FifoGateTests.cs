using InferenceBridge.Server.Devices;

namespace InferenceBridge.Server.Tests.Devices;

public class FifoGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EnterAsync_WhileTaken_ComesInOrder()
    {
        var gate = new FifoGate(1);
        var first = await gate.EnterAsync(Cancellation);
        var second = gate.EnterAsync(Cancellation).AsTask();
        var third = gate.EnterAsync(Cancellation).AsTask();
        Assert.Equal(2, gate.WaitingCount);

        first.Dispose();
        var slot = await second;
        Assert.False(third.IsCompleted);
        slot.Dispose();
        (await third).Dispose();
        Assert.Equal(0, gate.WaitingCount);
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileWaiting_LeavesTheQueue()
    {
        var gate = new FifoGate(1);
        var first = await gate.EnterAsync(Cancellation);
        using var source = new CancellationTokenSource();
        var cancelled = gate.EnterAsync(source.Token).AsTask();
        var last = gate.EnterAsync(Cancellation).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        first.Dispose();
        (await last).Dispose();
        (await gate.EnterAsync(Cancellation)).Dispose();
    }

    [Fact]
    public async Task Dispose_Twice_FreesOneSlot()
    {
        var gate = new FifoGate(1);
        var slot = await gate.EnterAsync(Cancellation);
        slot.Dispose();
        slot.Dispose();
        using var held = await gate.EnterAsync(Cancellation);
        Assert.False(gate.EnterAsync(Cancellation).AsTask().IsCompleted);
    }

    [Fact]
    public async Task EnterAsync_TwoSlots_LetsTwoIn()
    {
        var gate = new FifoGate(2);
        using var first = await gate.EnterAsync(Cancellation);
        using var second = await gate.EnterAsync(Cancellation);
        Assert.False(gate.EnterAsync(Cancellation).AsTask().IsCompleted);
    }
}
