using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;

namespace InferenceBridge.Benchmarks.Concurrency;

/// <summary>What happened while small jobs ran beside a large one.</summary>
/// <param name="Clients">Clients with small jobs.</param>
/// <param name="Large">The large job.</param>
/// <param name="Small">Seconds of each small job, as its client saw them.</param>
/// <param name="Retries">Attempts of small jobs beyond the first.</param>
internal sealed record LoadRun(int Clients, RunSummary Large, Samples Small, int Retries)
{
    public double TileSeconds => Large.ComputeSeconds / Large.Tiles;

    /// <summary>Runs small jobs from many clients, one after the other in each, until a large job is done.</summary>
    public static async Task<LoadRun> RunAsync(
        string address, int clients, JobKind large, JobKind small, CancellationToken cancellation)
    {
        var seconds = new Samples($"small_s_{clients}_clients", "s");
        var retries = 0;
        var largeJob = large.RunAsync(address, cancellation);
        async Task ServeAsync()
        {
            // At least one job each, however soon the large one is done.
            do
            {
                var summary = await small.RunAsync(address, cancellation);
                lock (seconds)
                {
                    seconds.Add(summary.ClientSeconds);
                    retries += summary.Attempts - 1;
                }
            }
            while (!largeJob.IsCompleted);
        }

        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(ServeAsync, cancellation)));
        return new LoadRun(clients, await largeJob, seconds, retries);
    }
}
