using InferenceBridge.Models;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>An operation, "test/gated", whose tiles wait until the test lets them go.</summary>
internal sealed class GatedOperation(bool heedsCancellation = true) : IDisposable
{
    private readonly SemaphoreSlim _entered = new(0);
    private readonly SemaphoreSlim _released = new(0);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _tiles;

    /// <summary>Tiles that have begun.</summary>
    public int Tiles => _tiles;

    public IOperation Operation => new TestOperation("test/gated") { Compute = Compute };

    public Task EnteredAsync() => _entered.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Waits until a tile that waits has been told that its job is cancelled.</summary>
    public Task CancelledAsync() => _cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);

    public void Release(int tiles = 1) => _released.Release(tiles);

    public void Dispose()
    {
        _entered.Dispose();
        _released.Dispose();
    }

    private Tensor Compute(Tensor tile, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _tiles);
        using var registration = cancellation.Register(() => _cancelled.TrySetResult());
        _entered.Release();
        _released.Wait(heedsCancellation ? cancellation : CancellationToken.None);
        return tile.clone();
    }
}
