using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Services;

/// <summary>Issue 2, "Bad input": streams that break the protocol, through a plane operation and a tensor operation.</summary>
public sealed class BadStreamTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Order = "image.chunk.first_plane";

    private static readonly MemoryVolume Image = Requests.Ramp(new VolumeShape(4, 4, 5));

    public static TheoryData<string> Operations => new("diagnostic/identity", "test/negate", "test/noise");

    private TestServer Server => fixture.Server;

    [Theory]
    [MemberData(nameof(Operations))]
    public Task Process_ChunkRepeated_IsRefused(string operation) =>
        Server.RefusedAsync(Planes(operation, 0, 1, 1, 2, 3), InferenceError.ChunkOutOfOrder, Order);

    [Theory]
    [MemberData(nameof(Operations))]
    public Task Process_ChunkMissing_IsRefused(string operation) =>
        Server.RefusedAsync(Planes(operation, 0, 2, 3), InferenceError.ChunkOutOfOrder, Order);

    [Theory]
    [MemberData(nameof(Operations))]
    public Task Process_ChunksOutOfOrder_IsRefused(string operation) =>
        Server.RefusedAsync(Planes(operation, 1, 0, 2, 3), InferenceError.ChunkOutOfOrder, Order);

    [Theory]
    [MemberData(nameof(Operations))]
    public Task Process_ChunkAfterTheLast_IsRefused(string operation) =>
        Server.RefusedAsync(Planes(operation, 0, 1, 2, 3, 3), InferenceError.ChunkOutOfOrder, Order);

    [Theory]
    [MemberData(nameof(Operations))]
    public Task Process_HalfCloseTooEarly_IsRefused(string operation) =>
        Server.RefusedAsync(Planes(operation, 0, 1), InferenceError.UploadIncomplete, "image");

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Process_WrongChecksum_IsRefused(string operation)
    {
        var messages = Planes(operation, 0, 1, 2, 3).ToArray();
        messages[2].Chunk.Crc32C ^= 1;
        var refusal = await Server.RefusedAsync(messages, InferenceError.ChunkCorrupt, "image.chunk.crc32c");
        Assert.Equal(StatusCode.DataLoss, refusal.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public Task Process_TooFewBytes_IsRefused(string operation) =>
        Server.RefusedAsync([.. Planes(operation, 0), Requests.Chunk(1, new byte[39])], InferenceError.ChunkSizeMismatch, "image.chunk.data");

    [Fact]
    public Task Process_ChunkFirst_IsRefused() =>
        Server.RefusedAsync(Requests.Chunks(Image), InferenceError.ProtocolViolation, "request");

    [Fact]
    public Task Process_NothingAtAll_IsRefused() => Server.RefusedAsync([], InferenceError.ProtocolViolation, "request");

    [Fact]
    public Task Process_EmptyMessage_IsRefused() =>
        Server.RefusedAsync([.. Planes("test/negate", 0), new Proto.ProcessRequest()], InferenceError.ProtocolViolation, "request");

    [Fact]
    public Task Process_TwoDeclarations_IsRefused() =>
        Server.RefusedAsync([.. Planes("test/negate"), .. Planes("test/negate")], InferenceError.ProtocolViolation, "request");

    [Fact]
    public Task Process_ChunkOfUndeclaredInput_IsRefused() => Server.RefusedAsync(
        [.. Planes("test/negate"), Requests.Chunk(0, Image.Plane(0).ToArray(), 1, "psf")], InferenceError.InputUnexpected, "chunk.input");

    [Fact]
    public async Task Process_MessageBeyondTheLimit_IsRefused()
    {
        var message = Requests.Chunk(0, new byte[9 << 20]);

        // Not RESOURCE_EXHAUSTED, which a client takes for a busy server and tries again.
        var refusal = await Server.RefusedAsync([.. Planes("test/negate"), message], InferenceError.ChunkSizeMismatch, "chunk.data");
        Assert.Equal(StatusCode.InvalidArgument, refusal.StatusCode);
        Assert.Contains("8388608", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public async Task Process_ValueNotFinite_IsNamedWithItsPlace(float value, string text)
    {
        var image = Requests.Ramp(new VolumeShape(2, 3, 4), PixelType.Float32);
        BitConverter.GetBytes(value).CopyTo(image.Plane(1)[(((2 * 4) + 3) * 4)..]);
        var refusal = await Server.RefusedAsync(Requests.Run("test/negate", image), InferenceError.ValueNotFinite, "image");
        Assert.Contains($"{text} at plane 1, row 2, column 3", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_DoubleBeyondFloat32_IsRefused()
    {
        var image = Requests.Ramp(new VolumeShape(1, 1, 2), PixelType.Float64);
        BitConverter.GetBytes(1e300).CopyTo(image.Plane(0)[8..]);
        await Server.RefusedAsync(Requests.Run("test/negate", image), InferenceError.ValueNotFinite, "image");
    }

    [Fact]
    public async Task Process_DeadlinePassed_SaysSo()
    {
        using var call = Server.Volumes.Process(deadline: DateTime.UtcNow.AddSeconds(-1), cancellationToken: TestContext.Current.CancellationToken);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.DeadlineExceeded, refusal.StatusCode);
        await Server.ServesAsync();
    }

    private static IEnumerable<Proto.ProcessRequest> Planes(string operation, params int[] planes) =>
        [Requests.Run(operation, Image).First(), .. planes.Select(plane => Requests.Chunk(plane, Image.Plane(plane).ToArray()))];
}
