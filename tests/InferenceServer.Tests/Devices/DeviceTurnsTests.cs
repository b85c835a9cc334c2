using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Devices;

public class DeviceTurnsTests
{
    private readonly ManualTime _time = new();
    private readonly DeviceTurns _turns;

    public DeviceTurnsTests() => _turns = new DeviceTurns(_time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EnterAsync_ThreeJobsWithManyTiles_GoesRoundThem()
    {
        var running = await EnterAsync();
        var left = new Dictionary<char, int> { ['a'] = 5, ['b'] = 2, ['c'] = 3 };
        var asked = left.Keys.ToDictionary(job => job, _ => EnterAsync());
        var order = "";
        for (var tile = 0; tile < 10; tile++)
        {
            running.Dispose();
            var turn = await Task.WhenAny(asked.Values);
            var job = asked.Single(pair => pair.Value == turn).Key;
            asked.Remove(job);
            running = await turn;
            order += job;

            // A job asks for its next turn once it is done with the last; here while that still counts, which is no sooner.
            if (--left[job] > 0)
            {
                asked[job] = EnterAsync();
            }
        }

        Assert.Equal("abcabcacaa", order);
    }

    [Fact]
    public async Task EnterAsync_SameGroup_HaveTheirTurnsTogether()
    {
        var one = await EnterAsync(group: "a");
        var two = EnterAsync(group: "a");
        Assert.True(two.IsCompletedSuccessfully);
        var alone = EnterAsync();
        var other = EnterAsync(group: "b");

        // Somebody waits: the group's next turn comes behind, and then together with all that waits of it.
        one.Dispose();
        var (again, third) = (EnterAsync(group: "a"), EnterAsync(group: "a"));
        Assert.False(again.IsCompleted || alone.IsCompleted);
        (await two).Dispose();
        var held = await alone;
        Assert.False(other.IsCompleted);
        held.Dispose();
        held = await other;
        Assert.False(again.IsCompleted);
        held.Dispose();
        using var last = await again;
        using var beside = await third;
        Assert.Equal(0, _turns.WaitingCount);
    }

    [Fact]
    public async Task EnterAsync_ManyOfAGroup_AreBounded()
    {
        var turns = new List<IDisposable>();
        for (var i = 0; i < 8; i++)
        {
            turns.Add(await EnterAsync(group: "a"));
        }

        var ninth = EnterAsync(group: "a");
        Assert.False(ninth.IsCompleted);
        turns.ForEach(turn => turn.Dispose());
        (await ninth).Dispose();
    }

    [Fact]
    public async Task EnterAsync_CancelledWhileWaiting_LeavesTheQueue()
    {
        var first = await EnterAsync();
        using var source = new CancellationTokenSource();
        var cancelled = _turns.EnterAsync(null, _ => { }, source.Token).AsTask();
        var last = EnterAsync();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        first.Dispose();
        (await last).Dispose();
        (await EnterAsync()).Dispose();
        Assert.Equal(0, _turns.WaitingCount);
    }

    [Fact]
    public async Task Dispose_Twice_GivesOneTurnBack()
    {
        var turn = await EnterAsync();
        turn.Dispose();
        turn.Dispose();
        using var held = await EnterAsync();
        Assert.False(EnterAsync().IsCompleted);
    }

    [Fact]
    public async Task EnterAsync_NothingMeasured_TellsThePlaceAlone()
    {
        using var running = await EnterAsync();
        Assert.Equal(new QueuePlace(1, null), Waiting());
        Assert.Equal(new QueuePlace(2, null), Waiting());
    }

    [Fact]
    public async Task EnterAsync_TilesMeasured_TellsTheSecondsAhead()
    {
        using var running = await EnterAsync(seconds: 10);
        _time.Advance(TimeSpan.FromSeconds(4));

        // 6 s of the turn that runs; then the waiting one's 3 s besides; never less than nothing.
        Assert.Equal(new QueuePlace(1, 6), Waiting(3));
        Assert.Equal(new QueuePlace(2, 9), Waiting(3));
        _time.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(new QueuePlace(3, 6), Waiting());
    }

    [Fact]
    public async Task EnterAsync_TileOfUnknownLength_TakesTheMeanOfTheOthers()
    {
        using (await EnterAsync())
        {
            _time.Advance(TimeSpan.FromSeconds(8));
        }

        using var running = await EnterAsync();
        Assert.Equal(new QueuePlace(1, 8), Waiting());
    }

    private async Task<IDisposable> EnterAsync(double? seconds = null, string? group = null) =>
        await _turns.EnterAsync(seconds, _ => { }, Cancellation, group);

    private QueuePlace Waiting(double? seconds = null)
    {
        QueuePlace? told = null;
        _ = _turns.EnterAsync(seconds, place => told = place, Cancellation).AsTask();
        return told!.Value;
    }
}
