using InferenceBridge.Soak.Load;
using InferenceBridge.Soak.Support;

namespace InferenceBridge.Soak.Faults;

/// <summary>Loses its connection in the midst of the upload, before any result: the SDK must try again and succeed.</summary>
internal sealed class CutAndRetried(int port, Workload workload) : IActor
{
    public string Name => "cut and retried";

    public async Task ActAsync(Random random, CancellationToken cancellation)
    {
        var job = workload.Spooled;
        await using var proxy = new CuttingProxy(port, random.NextInt64(job.Image.Info.TotalBytes / 2));
        await using var client = InferenceBridgeClient.Connect(proxy.Address);
        var result = await client.RunAsync(job.Image, job.Request with { Timeout = TimeSpan.FromMinutes(2) }, null, cancellation);
        job.Check(result.Volume);
        Assert.True(result.Summary.Attempts > 1, "The connection was not cut.");
    }
}
