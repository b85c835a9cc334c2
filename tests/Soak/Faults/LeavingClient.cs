using InferenceBridge.Soak.Load;

namespace InferenceBridge.Soak.Faults;

/// <summary>Cancels in the midst of its upload, or fails to read its own image there.</summary>
internal sealed class LeavingClient(string address, Workload workload) : IActor
{
    public string Name => "leaving";

    public async Task ActAsync(Random random, CancellationToken cancellation)
    {
        var job = workload.Any(random);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var cancels = random.Next(2) == 0;
        using var image = new EndingReader(job.Image, random.NextInt64(job.Image.Info.Shape.PlaneCount), () =>
        {
            if (!cancels)
            {
                throw new IOException("The image cannot be read any further.");
            }

            cancel.Cancel();
        });
        await using var client = InferenceBridgeClient.Connect(address);
        try
        {
            var result = await client.RunAsync(image, job.Request, null, cancel.Token);

            // The server was faster than the cancellation.
            Assert.True(cancels);
            job.Check(result.Volume);
        }
        catch (OperationCanceledException) when (cancels)
        {
            cancellation.ThrowIfCancellationRequested();
        }
        catch (IOException) when (!cancels)
        {
            // What the reader threw.
        }
    }

    private sealed class EndingReader(IVolumeReader image, long lastPlane, Action end) : IVolumeReader
    {
        public VolumeInfo Info => image.Info;

        public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination)
        {
            if (plane == lastPlane)
            {
                end();
            }

            image.ReadRows(plane, firstRow, rowCount, destination);
        }

        public void Dispose()
        {
            // The image is the workload's.
        }
    }
}
