using InferenceBridge.Soak.Faults;
using InferenceBridge.Soak.Load;
using InferenceBridge.Soak.Support;

namespace InferenceBridge.Soak;

/// <summary>
/// A server under many clients, some of which are killed, leave, lose their connection or send nonsense. It takes the time that
/// <see cref="SoakSettings"/> says; nothing depends on how much is done in it.
/// </summary>
public sealed class SoakTests
{
    private const long MemorySlackBytes = 64L << 20;
    private const int ThreadSlack = 16;
    private const int HandleSlack = 8;

    // A minute.
    private const int SettlingSteps = 300;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SettlingStep = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_ClientsAtFault_ServesTheOthersAndKeepsNothing()
    {
        var settings = SoakSettings.FromEnvironment();
        using var server = await ServerProcess.StartAsync(Cancellation);
        using var killed = new KilledClient(server.Address);
        var workload = new Workload();
        var actors = new IActor[]
        {
            new HealthyClient(server.Address, workload), new HealthyClient(server.Address, workload),
            new LeavingClient(server.Address, workload), new CutConnection(server.Port, workload), new CutAndRetried(server.Port, workload),
            new CorruptStream(server.Address), new Garbage(server.Port), killed,
        };
        var loops = Loops(actors, settings.Seed);

        // What the first jobs leave behind is code and buffers, which stay: growth counts from here on.
        await ServeAllAsync(server, workload, learn: true);
        foreach (var actor in actors)
        {
            await actor.ActAsync(new Random(settings.Seed), Cancellation);
        }

        // Nor is what many at once leave behind: arenas and heaps for every thread.
        await RunAsync(Loops(actors, settings.Seed - 1), new VitalsLog(server), WarmUp);

        var before = await SettleAsync(server, vitals => vitals.ScratchFiles == 0);
        var log = new VitalsLog(server);
        await RunAsync(loops, log, settings.Duration);
        await ServeAllAsync(server, workload, learn: false);
        var after = await SettleAsync(server, vitals => vitals.ScratchFiles == 0 && vitals.Handles <= before.Handles + HandleSlack);

        var text = $"seed {settings.Seed}: {string.Join(", ", loops.Select(loop => $"{loop.Count} {loop.Name}"))}; before {before}; after {after}";
        TestContext.Current.SendDiagnosticMessage(text);
        if (settings.ReportPath is { } path)
        {
            SoakReport.Write(path, settings, loops, before, after, log);
        }

        Assert.All(loops, loop => Assert.True(loop.Count > 0, text));
        Assert.True(after.ScratchFiles == 0, text);
        Assert.True(after.Handles <= before.Handles + HandleSlack, text);
        AssertDoesNotGrow(log, vitals => vitals.Threads, ThreadSlack, text);
        AssertDoesNotGrow(log, vitals => vitals.MemoryBytes, MemorySlackBytes, text);
    }

    private static void AssertDoesNotGrow(VitalsLog log, Func<Vitals, long> value, long slack, string text)
    {
        // Peaks prove nothing: how many large jobs meet at one time is chance.
        var (first, last) = log.Medians(value);
        Assert.True(last <= first + slack, $"Half of the time at most {first} in the first third, {last} in the last; {text}");
    }

    private static ActorLoop[] Loops(IActor[] actors, int seed) =>
        [.. actors.Select((actor, number) => new ActorLoop(actor, (seed * actors.Length) + number))];

    private static async Task RunAsync(ActorLoop[] loops, VitalsLog log, TimeSpan duration)
    {
        using var timeIsUp = new CancellationTokenSource(duration);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await Task.WhenAll(loops.Select(loop => loop.RunAsync(timeIsUp.Token, failed.Token)).Append(log.RunAsync(timeIsUp.Token))
            .Select(async task =>
            {
                try
                {
                    await task;
                }
                catch
                {
                    // The others end as well, so that the failure is told at once.
                    await timeIsUp.CancelAsync();
                    await failed.CancelAsync();
                    throw;
                }
            }));
    }

    private static async Task ServeAllAsync(ServerProcess server, Workload workload, bool learn)
    {
        await using var client = InferenceBridgeClient.Connect(server.Address);
        foreach (var job in workload.Jobs)
        {
            if (learn)
            {
                await job.LearnAsync(server.Address, Cancellation);
            }

            job.Check((await client.RunAsync(job.Image, job.Request, null, Cancellation)).Volume);
        }
    }

    /// <summary>Jobs of clients that are gone end within a tile, and their connections a little later.</summary>
    private static async Task<Vitals> SettleAsync(ServerProcess server, Func<Vitals, bool> isSettled)
    {
        using var timer = new PeriodicTimer(SettlingStep);
        for (var steps = 0; steps < SettlingSteps && !isSettled(server.Measure()); steps++)
        {
            await timer.WaitForNextTickAsync(Cancellation);
        }

        return server.Measure();
    }
}
