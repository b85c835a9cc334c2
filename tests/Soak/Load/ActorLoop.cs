namespace InferenceBridge.Soak.Load;

/// <summary>Repeats an actor until time is up, with pauses, so that several fit on two cores.</summary>
internal sealed class ActorLoop(IActor actor, int seed)
{
    private const int ShortestPauseMilliseconds = 50;
    private const int LongestPauseMilliseconds = 400;

    public string Name => actor.Name;

    public int Count { get; private set; }

    public async Task RunAsync(CancellationToken timeIsUp, CancellationToken cancellation)
    {
        var random = new Random(seed);
        while (!timeIsUp.IsCancellationRequested)
        {
            try
            {
                await actor.ActAsync(random, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                throw new InvalidOperationException($"Actor \"{Name}\" with seed {seed} failed at its run {Count}: {e.Message}", e);
            }

            Count++;
            await Task.Delay(random.Next(ShortestPauseMilliseconds, LongestPauseMilliseconds), timeIsUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
