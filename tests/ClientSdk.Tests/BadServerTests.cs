using Google.Protobuf;
using InferenceBridge.Client.Tests.Support;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests;

/// <summary>Servers that break the protocol: no wrong pixel may get through, and the error says what was wrong.</summary>
public class BadServerTests
{
    private static readonly VolumeShape Shape = new(4, 3, 2);

    private static Proto.VolumeDescription Result => new()
    {
        SizeT = 1, SizeC = 1, SizeZ = 4, SizeY = 3, SizeX = 2, PixelType = Proto.PixelType.Float32,
    };

    public static TheoryData<string, InferenceError> Violations => new()
    {
        { "corrupt", InferenceError.ChunkCorrupt },
        { "missing", InferenceError.ChunkOutOfOrder },
        { "repeated", InferenceError.ChunkOutOfOrder },
        { "excess", InferenceError.ChunkOutOfOrder },
        { "wrong bytes", InferenceError.ChunkSizeMismatch },
        { "incomplete", InferenceError.ProtocolViolation },
        { "no summary", InferenceError.ProtocolViolation },
        { "nothing at all", InferenceError.ProtocolViolation },
        { "chunk first", InferenceError.ProtocolViolation },
        { "accepted twice", InferenceError.ProtocolViolation },
        { "chunk after summary", InferenceError.ProtocolViolation },
        { "chunk of an input", InferenceError.ProtocolViolation },
        { "no description", InferenceError.ProtocolViolation },
        { "size zero", InferenceError.ProtocolViolation },
        { "size beyond int", InferenceError.ProtocolViolation },
        { "size overflows", InferenceError.ProtocolViolation },
        { "no pixel type", InferenceError.ProtocolViolation },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task RunAsync_ServerBreaksProtocol_FailsWithoutRetryAndDiscardsResult(string violation, InferenceError expected)
    {
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            await job.ReadDeclarationAsync();
            await job.ReadChunksAsync();
            foreach (var answer in Script(violation))
            {
                await job.Responses.WriteAsync(answer);
            }
        });
        await using var client = server.Connect();
        SpyWriter? writer = null;

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(Shape, PixelType.Float32), info => writer = new SpyWriter(info), new RunRequest("test/op"), null,
            TestContext.Current.CancellationToken));

        Assert.Equal(expected, error.Error);
        Assert.Contains("accepted:", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Jobs);
        Assert.True(writer is null or { IsDisposed: true, IsComplete: false });
    }

    [Fact]
    public async Task RunAsync_ResultOfAnotherPixelTypeThanAsked_Fails()
    {
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            await job.ReadDeclarationAsync();
            await job.Responses.WriteAsync(Answers.Accepted(Result));
            await job.CancelledAsync();
        });
        await using var client = server.Connect();

        var error = await Assert.ThrowsAsync<InferenceException>(() => client.RunAsync(
            Volumes.Ramp(Shape), new RunRequest("test/op") { OutputPixelType = PixelType.UInt16 }, null,
            TestContext.Current.CancellationToken));

        Assert.Equal("result.pixel_type", error.Field);
        Assert.Contains("uint16", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_MessageOfLaterVersion_IsIgnored()
    {
        await using var server = await ScriptedServer.StartAsync(async job =>
        {
            await job.ReadDeclarationAsync();
            await job.Responses.WriteAsync(new Proto.ProcessResponse());
            await job.Responses.WriteAsync(Answers.Accepted(Result));
            await job.ReadChunksAsync();
            await job.Responses.WriteAsync(Answers.Planes(0, 4, Shape, 5));
            await job.Responses.WriteAsync(Answers.Summary());
        });
        await using var client = server.Connect();

        var result = await client.RunAsync(Volumes.Ramp(Shape), new RunRequest("test/op"), null, TestContext.Current.CancellationToken);

        Assert.All(result.Volume.ToSingles(), value => Assert.Equal(5, value));
    }

    private static Proto.ProcessResponse[] Script(string violation)
    {
        var accepted = Answers.Accepted(Result);
        var all = Answers.Planes(0, 4, Shape);
        var summary = Answers.Summary();
        return violation switch
        {
            "corrupt" => [accepted, Answers.Planes(0, 2, Shape), Corrupt(Answers.Planes(2, 2, Shape)), summary],
            "missing" => [accepted, Answers.Planes(0, 1, Shape), Answers.Planes(2, 2, Shape), summary],
            "repeated" => [accepted, Answers.Planes(0, 2, Shape), Answers.Planes(1, 3, Shape), summary],
            "excess" => [accepted, all, Answers.Planes(4, 1, Shape), summary],
            "wrong bytes" => [accepted, Answers.Planes(0, 4, new VolumeShape(4, 3, 3)), summary],
            "incomplete" => [accepted, Answers.Planes(0, 3, Shape), summary],
            "no summary" => [accepted, all],
            "nothing at all" => [],
            "chunk first" => [all, accepted, summary],
            "accepted twice" => [accepted, accepted, all, summary],
            "chunk after summary" => [accepted, Answers.Planes(0, 3, Shape), summary, Answers.Planes(3, 1, Shape)],
            "chunk of an input" => [accepted, Of("image", all), summary],
            "no description" => [new Proto.ProcessResponse { Accepted = new Proto.Accepted() }],
            "size zero" => [Described(result => result.SizeZ = 0)],
            "size beyond int" => [Described(result => result.SizeX = 1L << 31)],
            "size overflows" => [Described(result => (result.SizeX, result.SizeY, result.SizeZ) = (int.MaxValue, int.MaxValue, int.MaxValue))],
            "no pixel type" => [Described(result => result.PixelType = Proto.PixelType.Unspecified)],
            _ => throw new ArgumentOutOfRangeException(nameof(violation)),
        };
    }

    private static Proto.ProcessResponse Corrupt(Proto.ProcessResponse response)
    {
        var bytes = response.Chunk.Data.ToByteArray();
        bytes[3] ^= 1;
        response.Chunk.Data = ByteString.CopyFrom(bytes);
        return response;
    }

    private static Proto.ProcessResponse Of(string input, Proto.ProcessResponse response)
    {
        response.Chunk.Input = input;
        return response;
    }

    private static Proto.ProcessResponse Described(Action<Proto.VolumeDescription> spoil)
    {
        var result = Result;
        spoil(result);
        return Answers.Accepted(result);
    }
}
