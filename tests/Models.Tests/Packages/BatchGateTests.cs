using System.Collections.Concurrent;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests.Packages;

public class BatchGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<int> _batches = new();
    private readonly ConcurrentQueue<long> _samples = new();

    [Fact]
    public async Task Run_OneJob_WaitsForNobody()
    {
        var gate = Gate(8);
        for (var tile = 0; tile < 3; tile++)
        {
            using var visit = gate.Enter(this, _batches.Enqueue);
            Assert.Equal((float[])[2 * tile], await RunAsync(visit, tile));
        }

        Assert.Equal([1, 1, 1], _batches);
    }

    [Fact]
    public async Task Run_TwoJobsWithin_GoTogetherAndEachGetsItsOwn()
    {
        var gate = Gate(8);
        using var one = gate.Enter("one", _batches.Enqueue);
        using var other = gate.Enter("other", _batches.Enqueue);

        var results = await Task.WhenAll(RunAsync(one, 3, 4), RunAsync(other, 5));

        Assert.Equal((float[])[6, 8], results[0]);
        Assert.Equal((float[])[10], results[1]);
        Assert.Equal([2], _batches);
        Assert.Equal([3], _samples);
    }

    [Fact]
    public async Task Run_JobThatHasJustLeft_IsWaitedForUntilItIsBackOrEnds()
    {
        var gate = Gate(8, TimeSpan.FromHours(1));
        gate.Enter("one").Dispose();
        using var other = gate.Enter("other", _batches.Enqueue);
        var waiting = RunAsync(other, 1);
        using (var back = gate.Enter("one", _batches.Enqueue))
        {
            Assert.Equal((float[])[4], await RunAsync(back, 2));
        }

        Assert.Equal((float[])[2], await waiting);
        Assert.Equal([2], _batches);

        var next = RunAsync(other, 3);
        gate.End("one");
        Assert.Equal((float[])[6], await next);
        Assert.Equal([2, 1], _batches);
    }

    [Fact]
    public async Task Run_OtherJobLeavesWithoutABlock_GoesOnAlone()
    {
        var gate = Gate(8);
        using var one = gate.Enter("one", _batches.Enqueue);
        var other = gate.Enter("other");
        var waiting = RunAsync(one, 1);
        other.Dispose();
        Assert.Equal((float[])[2], await waiting);
        Assert.Equal([1], _batches);
    }

    [Fact]
    public async Task Run_OneIsCancelled_OthersGoOn()
    {
        var gate = Gate(8);
        using var source = new CancellationTokenSource();
        var cancelled = gate.Enter("cancelled");
        using var other = gate.Enter("other", _batches.Enqueue);
        var waiting = Task.Run(() => cancelled.Run(tensor([1f], [1, 1]), source.Token), TestContext.Current.CancellationToken);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, TestContext.Current.CancellationToken));
        cancelled.Dispose();
        Assert.Equal((float[])[4], await RunAsync(other, 2));
        Assert.Equal([1], _batches);
    }

    [Fact]
    public async Task Run_BlockThatFails_FailsItsOwnJobAlone()
    {
        var gate = Gate(8);
        using var bad = gate.Enter("bad", _batches.Enqueue);
        using var good = gate.Enter("good", _batches.Enqueue);

        var failing = RunAsync(bad, -1);
        Assert.Equal((float[])[14], await RunAsync(good, 7));
        Assert.Contains("negative", (await Assert.ThrowsAsync<ArithmeticException>(() => failing)).Message, StringComparison.Ordinal);
        Assert.Equal([1], _batches);
    }

    [Fact]
    public async Task Run_BlocksOfOtherShapes_GoApart()
    {
        var gate = Gate(8);
        using var one = gate.Enter("one", _batches.Enqueue);
        using var other = gate.Enter("other", _batches.Enqueue);
        var wide = Task.Run(() => other.Run(tensor([1f, 2, 3], [1, 3]), default).data<float>().ToArray(), TestContext.Current.CancellationToken);
        var narrow = RunAsync(one, 9);

        // Whichever goes first leaves the other to wait for its job's next block, or for its end.
        var first = await Task.WhenAny(wide, narrow);
        (first == wide ? other : one).Dispose();
        Assert.Equal((float[])[2, 4, 6], await wide.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal((float[])[18], await narrow);
        Assert.Equal([1, 1], _batches);
    }

    [Fact]
    public async Task Run_MoreThanMemoryAllows_GoInSeveralBatches()
    {
        var gate = Gate(2);
        var visits = Enumerable.Range(0, 4).Select(i => gate.Enter(i, _batches.Enqueue)).ToArray();
        var results = await Task.WhenAll(visits.Select((visit, i) => RunAsync(visit, i)));
        Assert.Equal([0, 2, 4, 6], results.Select(Assert.Single));
        Assert.Equal([2, 2], _batches);
    }

    [Fact]
    public async Task Run_NoRoomForOthers_WaitsForNobody()
    {
        var gate = Gate(1);
        using var one = gate.Enter("one", _batches.Enqueue);
        using var absent = gate.Enter("absent");
        Assert.Equal((float[])[2], await RunAsync(one, 1));
    }

    private static Task<float[]> RunAsync(BatchGate.Visit visit, params float[] values) => Task.Run(
        () =>
        {
            using var input = tensor(values, [values.Length, 1]);
            using var output = visit.Run(input, TestContext.Current.CancellationToken);
            return output.contiguous().data<float>().ToArray();
        },
        TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

    private BatchGate Gate(long most, TimeSpan patience = default) => new(
        input =>
        {
            if (input.min().item<float>() < 0)
            {
                throw new ArithmeticException("A value is negative.");
            }

            _samples.Enqueue(input.shape[0]);
            return input.mul(2);
        },
        0, 0, _ => most, _ => patience);
}
