using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using InferenceBridge.Soak.Load;

namespace InferenceBridge.Soak.Faults;

/// <summary>A client that breaks the protocol: chunks that are damaged, displaced, missing, doubled, strange. Each is refused by name.</summary>
internal sealed class CorruptStream(string address) : IActor
{
    private const int Planes = 4;
    private const int PlaneBytes = 64 * 64;

    private static readonly (InferenceError Error, Action<List<Proto.ProcessRequest>> Break)[] Faults =
    [
        (InferenceError.ChunkCorrupt, messages => messages[2].Chunk.Crc32C ^= 1),
        (InferenceError.ChunkCorrupt, messages => messages[3].Chunk.Data = ByteString.CopyFrom(new byte[PlaneBytes])),
        (InferenceError.ChunkOutOfOrder, messages => messages.RemoveAt(2)),
        (InferenceError.ChunkOutOfOrder, messages => messages.Insert(2, messages[1])),
        (InferenceError.ChunkOutOfOrder, messages => messages.Add(messages[^1])),
        (InferenceError.ChunkSizeMismatch, messages => messages[1] = Chunk(0, PlaneBytes - 1)),
        (InferenceError.InputUnexpected, messages => messages[1].Chunk.Input = "psf"),
        (InferenceError.UploadIncomplete, messages => messages.RemoveAt(messages.Count - 1)),
        (InferenceError.ProtocolViolation, messages => messages.Insert(2, messages[0])),
        (InferenceError.ProtocolViolation, messages => messages.RemoveAt(0)),
        (InferenceError.ProtocolViolation, messages => messages.Insert(1, new Proto.ProcessRequest())),
        (InferenceError.OperationNotFound, messages => messages[0].Declaration.Operation = "denoise/nothing"),
    ];

    public string Name => "corrupt";

    public async Task ActAsync(Random random, CancellationToken cancellation)
    {
        var (error, breakIt) = Faults[random.Next(Faults.Length)];
        var messages = Messages(random.Next(2) == 0 ? "denoise/gaussian" : "diagnostic/identity");
        breakIt(messages);
        using var channel = GrpcChannel.ForAddress(address);
        using var call = new Proto.VolumeService.VolumeServiceClient(channel).Process(
            deadline: DateTime.UtcNow.AddMinutes(2), cancellationToken: cancellation);
        var upload = UploadAsync(call, messages);
        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var _ in call.ResponseStream.ReadAllAsync(cancellation))
            {
                // Results of the planes before the fault.
            }
        });
        cancellation.ThrowIfCancellationRequested();
        Assert.True(refusal.Trailers.GetValue("ib-error") == error.ToString(), $"{error} was expected: {refusal}");
        await upload;
    }

    private static List<Proto.ProcessRequest> Messages(string operation)
    {
        var declaration = new Proto.Declaration { Operation = operation };
        declaration.Inputs.Add(new Proto.InputDeclaration
        {
            Name = "image",
            Volume = new Proto.VolumeDescription { SizeT = 1, SizeC = 1, SizeZ = Planes, SizeY = 64, SizeX = 64, PixelType = Proto.PixelType.Uint8 },
        });
        return [new() { Declaration = declaration }, .. Enumerable.Range(0, Planes).Select(plane => Chunk(plane, PlaneBytes))];
    }

    private static Proto.ProcessRequest Chunk(int plane, int bytes)
    {
        var data = new byte[bytes];
        new Random(plane).NextBytes(data);
        return new() { Chunk = new Proto.Chunk { Input = "image", FirstPlane = plane, PlaneCount = 1, Data = ByteString.CopyFrom(data), Crc32C = Crc32C.Compute(data) } };
    }

    private static async Task UploadAsync(
        AsyncDuplexStreamingCall<Proto.ProcessRequest, Proto.ProcessResponse> call, List<Proto.ProcessRequest> messages)
    {
        try
        {
            foreach (var message in messages)
            {
                await call.RequestStream.WriteAsync(message);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The server has refused the call: reading tells why.
        }
    }
}
