namespace InferenceBridge.Soak.Load;

/// <summary>Runs jobs that nothing disturbs but what others do to the server.</summary>
internal sealed class HealthyClient(string address, Workload workload) : IActor
{
    public string Name => "healthy";

    public async Task ActAsync(Random random, CancellationToken cancellation)
    {
        var job = workload.Any(random);

        // The SDK's retries stay on, as users have them: a server that is full says so.
        await using var client = InferenceBridgeClient.Connect(address);
        var result = await client.RunAsync(job.Image, job.Request with { Timeout = TimeSpan.FromMinutes(2) }, null, cancellation);
        job.Check(result.Volume);
    }
}
