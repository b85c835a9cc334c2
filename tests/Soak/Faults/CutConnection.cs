using InferenceBridge.Soak.Load;
using InferenceBridge.Soak.Support;

namespace InferenceBridge.Soak.Faults;

/// <summary>Loses its connection anywhere in a job, which must end with the right result or with the one error for that.</summary>
internal sealed class CutConnection(int port, Workload workload) : IActor
{
    public string Name => "cut";

    public async Task ActAsync(Random random, CancellationToken cancellation)
    {
        var job = workload.Any(random);
        await using var proxy = new CuttingProxy(port, random.NextInt64(2 * job.Image.Info.TotalBytes));
        await using var client = InferenceBridgeClient.Connect(proxy.Address, new InferenceBridgeClientOptions { Retry = new RetryOptions { MaxAttempts = 1 } });
        try
        {
            var result = await client.RunAsync(job.Image, job.Request with { Timeout = TimeSpan.FromMinutes(2) }, null, cancellation);
            job.Check(result.Volume);
        }
        catch (InferenceException e)
        {
            Assert.True(e.Error == InferenceError.ServerUnreachable, $"{job.Name}: {e}");
        }
    }
}
