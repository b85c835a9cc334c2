using InferenceBridge.Server.Jobs;

namespace InferenceBridge.Server.Tests.Jobs;

public class ByteGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TakeAsync_BeyondTheBound_WaitsForEnough()
    {
        var gate = new ByteGate(10);
        await gate.TakeAsync(6, Cancellation);
        await gate.TakeAsync(4, Cancellation);
        var third = gate.TakeAsync(5, Cancellation).AsTask();
        gate.Return(4);
        Assert.False(third.IsCompleted);
        gate.Return(6);
        await third;
        Assert.Equal(5, gate.Used);
    }

    [Fact]
    public async Task TakeAsync_LargerThanTheBound_PassesAlone()
    {
        var gate = new ByteGate(10);
        await gate.TakeAsync(1, Cancellation);
        var large = gate.TakeAsync(50, Cancellation).AsTask();
        Assert.False(large.IsCompleted);
        gate.Return(1);
        await large;
    }
}
