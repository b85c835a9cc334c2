namespace InferenceBridge.Soak.Load;

/// <summary>A job whose result is known.</summary>
internal sealed class SoakJob(string name, MemoryVolume image, RunRequest request)
{
    private MemoryVolume? _expected;

    public string Name => name;

    public MemoryVolume Image => image;

    public RunRequest Request => request;

    /// <summary>Runs it undisturbed to learn what it must give.</summary>
    public async Task LearnAsync(string address, CancellationToken cancellation)
    {
        await using var client = InferenceBridgeClient.Connect(address);
        _expected = (await client.RunAsync(image, request, null, cancellation)).Volume;
        if (request.Operation == "diagnostic/identity")
        {
            Check(image);
        }
    }

    /// <summary>Fails unless every byte of a result is as it must be.</summary>
    public void Check(MemoryVolume result)
    {
        Assert.NotNull(_expected);
        Assert.Equal((_expected.Info.Shape, _expected.Info.PixelType), (result.Info.Shape, result.Info.PixelType));
        for (long plane = 0; plane < result.Info.Shape.PlaneCount; plane++)
        {
            Assert.True(_expected.Plane(plane).Span.SequenceEqual(result.Plane(plane).Span), $"{name}: plane {plane} differs from that of the undisturbed run");
        }
    }
}
