using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Admission;

public sealed class JobAdmissionTests
{
    private readonly ManualTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_NoPlaceFree_ComesInOrder()
    {
        var admission = Create(jobs: 1);
        var first = admission.Enter(Job());
        await first.WaitAsync(_ => Assert.Fail("The first job has nothing to wait for."), Cancellation);
        var second = admission.Enter(Job());
        var third = admission.Enter(Job());
        Assert.Equal((1, 2), (admission.RunningCount, admission.WaitingCount));
        var places = new List<int>();
        var waiting = third.WaitAsync(place => places.Add(place.Position), Cancellation);

        first.Dispose();
        await second.WaitAsync(_ => { }, Cancellation);
        Assert.Equal([2, 1], places);
        second.Dispose();
        await waiting;
        third.Dispose();
        Assert.Equal((0, 0), (admission.RunningCount, admission.WaitingCount));
    }

    [Fact]
    public async Task WaitAsync_Cancelled_LeavesTheQueue()
    {
        var admission = Create(jobs: 1);
        using var first = admission.Enter(Job());
        using var source = new CancellationTokenSource();
        using (var second = admission.Enter(Job()))
        {
            var waiting = second.WaitAsync(_ => { }, source.Token);
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        Assert.Equal((1, 0), (admission.RunningCount, admission.WaitingCount));
    }

    [Fact]
    public void Enter_QueueFull_IsRefusedWithLengthLimitAndWait()
    {
        var admission = Create(jobs: 1, queue: 2);
        using var first = admission.Enter(Job(fraction: 0.25));
        using var second = admission.Enter(Job());
        using var third = admission.Enter(Job());
        _time.Advance(TimeSpan.FromSeconds(10));

        // A quarter took 10 s, so that a job takes 40 s: 30 s of the first, then the second and the third.
        var refusal = Assert.Throws<InferenceException>(() => admission.Enter(Job()));
        Assert.Equal((InferenceError.ServerBusy, "InferenceBridge:MaxQueuedJobs"), (refusal.Error, refusal.Field));
        Assert.Equal("1 jobs run and 2 wait; accepted: 2 that wait. The wait is about 110 s; try again later.", refusal.Message);
    }

    [Fact]
    public void Enter_NoQueue_RefusesWhatCannotRunAtOnce()
    {
        var admission = Create(jobs: 1, queue: 0);
        using var first = admission.Enter(Job());
        Assert.Contains("not known yet", Assert.Throws<InferenceException>(() => admission.Enter(Job())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Enter_ClientHasAsManyAsItMay_IsRefusedAndOthersAreNot()
    {
        var admission = Create(jobs: 1, perClient: 2);
        using var running = admission.Enter(Job("10.0.0.1"));
        var waiting = admission.Enter(Job("10.0.0.1"));
        var refusal = Assert.Throws<InferenceException>(() => admission.Enter(Job("10.0.0.1")));
        Assert.Equal((InferenceError.ServerBusy, "InferenceBridge:MaxJobsPerClient"), (refusal.Error, refusal.Field));
        Assert.Contains("10.0.0.1 has 2 jobs", refusal.Message, StringComparison.Ordinal);
        using var other = admission.Enter(Job("10.0.0.2"));
        waiting.Dispose();
        using var again = admission.Enter(Job("10.0.0.1"));
    }

    [Fact]
    public async Task WaitAsync_JobsMeasured_TellsSecondsFromTheirMean()
    {
        var admission = Create(jobs: 1);
        var first = admission.Enter(Job());
        _time.Advance(TimeSpan.FromSeconds(20));
        first.Dispose();
        using var second = admission.Enter(Job());
        _time.Advance(TimeSpan.FromSeconds(5));
        using var third = admission.Enter(Job());
        using var fourth = admission.Enter(Job());
        Assert.Equal(new QueuePlace(1, 15), await FirstNewsAsync(third));
        Assert.Equal(new QueuePlace(2, 35), await FirstNewsAsync(fourth));
    }

    [Fact]
    public async Task WaitAsync_JobOutlivesTheMean_DoesNotTellThatItIsAboutToEnd()
    {
        var admission = Create(jobs: 1);
        var small = admission.Enter(Job());
        _time.Advance(TimeSpan.FromSeconds(1));
        small.Dispose();
        using var large = admission.Enter(Job());
        _time.Advance(TimeSpan.FromSeconds(40));
        using var waiting = admission.Enter(Job());

        // The mean of 1 s is long over, and nothing is computed yet: as long again as it has run.
        Assert.Equal(new QueuePlace(1, 40), await FirstNewsAsync(waiting));
    }

    [Fact]
    public async Task WaitAsync_TwoPlaces_TakesTheOneThatIsFreeFirst()
    {
        var admission = Create(jobs: 2);
        using var slow = admission.Enter(Job(fraction: 0.1));
        using var fast = admission.Enter(Job(fraction: 0.5));
        _time.Advance(TimeSpan.FromSeconds(10));
        using var third = admission.Enter(Job());
        using var fourth = admission.Enter(Job());

        // 10 s are left of the fast one and 90 s of the slow one; on average a job takes 60 s.
        Assert.Equal(new QueuePlace(1, 10), await FirstNewsAsync(third));
        Assert.Equal(new QueuePlace(2, 70), await FirstNewsAsync(fourth));
    }

    [Fact]
    public async Task WaitAsync_NobodyEnds_TellsTheWaitEveryTwoSeconds()
    {
        var admission = Create(jobs: 1);
        using var first = admission.Enter(Job(fraction: 0.5));
        _time.Advance(TimeSpan.FromSeconds(8));
        using var second = admission.Enter(Job());
        var told = new List<double?>();
        var toldTwice = new TaskCompletionSource();
        _ = second.WaitAsync(
            place =>
            {
                told.Add(place.Seconds);
                if (told.Count == 2)
                {
                    toldTwice.SetResult();
                }
            },
            Cancellation);
        _time.Advance(TimeSpan.FromSeconds(2));
        await toldTwice.Task;
        Assert.Equal([8, 10], told);
    }

    [Fact]
    public async Task Enter_MemoryTaken_WaitsThoughAPlaceIsFree()
    {
        var admission = Create(jobs: 4, server: 100);
        var first = admission.Enter(Job(memory: new JobMemory(0, 0, 60)));
        using var second = admission.Enter(Job(memory: new JobMemory(0, 0, 41)));

        // It would fit, but comes later: a stream of small jobs must not keep a large one waiting for ever.
        using var third = admission.Enter(Job(memory: new JobMemory(0, 0, 1)));
        Assert.Equal((1, 2), (admission.RunningCount, admission.WaitingCount));
        first.Dispose();
        await third.WaitAsync(_ => { }, Cancellation);
        Assert.Equal((2, 0), (admission.RunningCount, admission.WaitingCount));
    }

    [Fact]
    public async Task Enter_FromManyThreads_MemoryStaysWithinItsLimit()
    {
        var admission = Create(jobs: 16, queue: 1000, server: 1000);
        long used = 0;
        long most = 0;
        await Parallel.ForAsync(0, 400, Cancellation, async (i, token) =>
        {
            var bytes = 1 + (i * 37 % 400);
            using var place = admission.Enter(Job(memory: new JobMemory(0, 0, bytes)));
            await place.WaitAsync(_ => { }, token);
            var now = Interlocked.Add(ref used, bytes);
            InterlockedMax(ref most, now);
            await Task.Yield();
            Interlocked.Add(ref used, -bytes);
        });
        Assert.InRange(most, 400, 1000);
        Assert.Equal((0, 0), (admission.RunningCount, admission.WaitingCount));
    }

    private static void InterlockedMax(ref long target, long value)
    {
        long seen;
        while (value > (seen = Interlocked.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private static async Task<QueuePlace> FirstNewsAsync(JobPlace place)
    {
        using var source = new CancellationTokenSource();
        QueuePlace? told = null;
        var waiting = place.WaitAsync(news => told ??= news, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        return told!.Value;
    }

    private static JobDemand Job(string client = "somebody", double fraction = 0, JobMemory memory = default) => new(client, memory, () => fraction);

    private JobAdmission Create(int jobs, int queue = 100, int perClient = 0, long server = 1L << 40) => new(
        new InferenceServerOptions
        {
            MaxConcurrentJobs = jobs, MaxQueuedJobs = queue, MaxJobsPerClient = perClient, ServerMemoryBytes = server,
        }, _time);
}
