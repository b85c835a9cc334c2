using Grpc.Core;
using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>What a call has brought.</summary>
internal sealed record Outcome(IReadOnlyList<Proto.ProcessResponse> Messages)
{
    public Proto.Accepted Accepted => Messages[0].Accepted;

    public Proto.Summary Summary => Messages[^1].Summary;

    /// <summary>The result's pixels, checked as a client checks them.</summary>
    public MemoryVolume Result()
    {
        var description = Accepted.Result;
        var shape = new VolumeShape((int)description.SizeT, (int)description.SizeC, (int)description.SizeZ, (int)description.SizeY, (int)description.SizeX);
        var volume = new MemoryVolume(new VolumeInfo(shape, (PixelType)(int)description.PixelType));
        var sequence = new ChunkSequence(volume.Info, "result");
        foreach (var chunk in Messages.Where(message => message.KindCase == Proto.ProcessResponse.KindOneofCase.Chunk).Select(message => message.Chunk))
        {
            var range = sequence.Accept(chunk.FirstPlane, chunk.PlaneCount, chunk.FirstRow, chunk.RowCount, chunk.Data.Span, chunk.Crc32C);
            var bytes = chunk.Data.Length / range.PlaneCount;
            for (var i = 0; i < range.PlaneCount; i++)
            {
                volume.WriteRows(range.FirstPlane + i, range.FirstRow, range.RowCount, chunk.Data.Span.Slice(i * bytes, bytes));
            }
        }

        sequence.CheckComplete();
        return volume;
    }
}

/// <summary>Calls with the generated client alone.</summary>
internal static class Call
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Outcome> ProcessAsync(this TestServer server, IEnumerable<Proto.ProcessRequest> messages, bool halfClose = true)
    {
        // A connection of its own: where a call is refused while it uploads, HttpClient may send its last bytes behind the
        // reset of the stream, for which Kestrel closes the connection and with it every other call.
        using var channel = TestServer.Connect(server.Host.Addresses[0]);
        using var call = new Proto.VolumeService.VolumeServiceClient(channel).Process(deadline: DateTime.UtcNow + Patience, cancellationToken: TestContext.Current.CancellationToken);
        var upload = UploadAsync(call, messages, halfClose);
        var received = new List<Proto.ProcessResponse>();
        await foreach (var message in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            received.Add(message);
        }

        await upload;
        return new Outcome(received);
    }

    /// <summary>A call that must be refused, after which the server must still serve.</summary>
    public static async Task<RpcException> RefusedAsync(
        this TestServer server, IEnumerable<Proto.ProcessRequest> messages, InferenceError error, string field, bool halfClose = true)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => server.ProcessAsync(messages, halfClose));
        Assert.True(error.ToString() == refusal.Trailers.GetValue("ib-error"), refusal.ToString());
        Assert.Equal(field, refusal.Trailers.GetValue("ib-field"));
        await server.ServesAsync();
        return refusal;
    }

    public static async Task ServesAsync(this TestServer server)
    {
        var image = Requests.Ramp(new VolumeShape(2, 3, 5));
        var outcome = await server.ProcessAsync(Requests.Run("diagnostic/identity", image));
        Assert.Equal(image.ToSingles(), outcome.Result().ToSingles());
    }

    private static async Task UploadAsync(
        AsyncDuplexStreamingCall<Proto.ProcessRequest, Proto.ProcessResponse> call, IEnumerable<Proto.ProcessRequest> messages, bool halfClose)
    {
        try
        {
            foreach (var message in messages)
            {
                await call.RequestStream.WriteAsync(message);
            }

            if (halfClose)
            {
                await call.RequestStream.CompleteAsync();
            }
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The server has refused the call: reading tells why.
        }
    }
}
