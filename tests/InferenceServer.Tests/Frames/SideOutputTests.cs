using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Frames;

public class SideOutputTests
{
    // Rows of 5000 bytes in uint8 and 20000 in float32: a plane of the field takes several chunks of 64 KiB, one of the result a single one.
    private static readonly VolumeShape Movie = new(5, 1, 1, 13, 5000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Process_SideOutputsAsked_ComeWholeAndAfterTheirFrame(int passes)
    {
        await using var server = await StartAsync(passes);
        var image = Requests.Ramp(Movie, PixelType.UInt8);

        var outcome = await server.ProcessAsync(Run(image, "point", "field"));

        var sides = outcome.Accepted.SideOutputs;
        Assert.Equal(["point", "field"], sides.Select(side => side.Name));
        Assert.Equal((5L, 2L, 1L, 13L, 5000L, Proto.PixelType.Float32, 0.1),
            (sides[1].Volume.SizeT, sides[1].Volume.SizeC, sides[1].Volume.SizeZ, sides[1].Volume.SizeY, sides[1].Volume.SizeX, sides[1].Volume.PixelType, sides[1].Volume.VoxelSizeXUm));
        var chunks = outcome.Messages.Where(message => message.Chunk is not null).Select(message => message.Chunk).ToArray();
        AssertSide(chunks, "field", Movie with { Channels = 2 });
        AssertSide(chunks, "point", new VolumeShape(5, 1, 1, 1, 1));

        // The result is as without them.
        var result = outcome.Messages.Where(message => message.Chunk is null || message.Chunk.Input.Length == 0).ToList();
        Assert.Equal(image.ToSingles(), new Outcome(result).Result().ToSingles());
        Assert.True(chunks.Count(chunk => chunk.Input == "field") > 2 * 5);

        // The frame, then its side outputs, then the next frame.
        long Frame(Proto.Chunk chunk) => chunk.Input == "field" ? chunk.FirstPlane / 2 : chunk.FirstPlane;
        int Part(Proto.Chunk chunk) => chunk.Input switch { "" => 0, "point" => 1, _ => 2 };
        var places = chunks.Select(chunk => (Frame(chunk) * 3) + Part(chunk)).ToArray();
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task Process_SideOutputsNotAsked_AreNotSent()
    {
        await using var server = await StartAsync();

        var outcome = await server.ProcessAsync(Run(Requests.Ramp(Movie, PixelType.UInt8)));

        Assert.Empty(outcome.Accepted.SideOutputs);
        Assert.DoesNotContain(outcome.Messages, message => message.Chunk is { Input.Length: > 0 });
    }

    [Fact]
    public async Task Process_SideOutputs_CountAsMemory()
    {
        await using var server = await StartAsync();
        var image = Requests.Ramp(Movie, PixelType.UInt8);

        var with = await server.ProcessAsync(Run(image, "field"));
        var without = await server.ProcessAsync(Run(image));

        // Two frames at once, of two channels in float32.
        Assert.True(with.Accepted.PredictedMemoryBytes - without.Accepted.PredictedMemoryBytes >= 2 * 2 * 4 * 13 * 5000);
    }

    [Theory]
    [InlineData("test/sided", "fields", "side_outputs[1]", "accepted: field, point")]
    [InlineData("test/sided", "field", "side_outputs[1]", "asked for twice")]
    [InlineData("denoise/gaussian", "field", "side_outputs[0]", "accepted: none")]
    [InlineData("diagnostic/identity", "field", "side_outputs[0]", "accepted: none")]
    public async Task Process_UnknownSideOutput_IsRefusedByName(string operation, string second, string field, string expected)
    {
        await using var server = await StartAsync();
        var declaration = Requests.Declare(operation, Requests.Describe(Movie, PixelType.UInt8));
        declaration.SideOutputs.Add(["field", second]);

        var refusal = await server.RefusedAsync([Requests.Message(declaration)], InferenceError.UsageInvalid, field);

        Assert.Contains(expected, refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_SideOutputsAsked_ComeWithEveryAnswer()
    {
        await using var server = await StartAsync();
        using var call = new Proto.FrameService.FrameServiceClient(server.Channel).Stream(cancellationToken: Cancellation);
        var open = new Proto.OpenFrames { Operation = "test/sided", Frame = Requests.Describe(new VolumeShape(1, 6, 8), PixelType.UInt8), SideOutputs = { "field", "point" } };
        await call.RequestStream.WriteAsync(new Proto.FrameRequest { Open = open }, Cancellation);
        foreach (var id in new[] { 3, 9 })
        {
            var data = Google.Protobuf.ByteString.CopyFrom(new byte[48]);
            await call.RequestStream.WriteAsync(new Proto.FrameRequest { Frame = new Proto.Frame { Id = id, Data = data, Crc32C = Crc32C.Compute(data.Span) } }, Cancellation);
        }

        await call.RequestStream.CompleteAsync();
        var messages = new List<Proto.FrameResponse>();
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
            messages.Add(call.ResponseStream.Current);
        }

        Assert.Equal(["field", "point"], messages[0].Opened.SideOutputs.Select(side => side.Name));
        Assert.Equal((1L, 2L, 6L, 8L), (messages[0].Opened.SideOutputs[0].Volume.SizeT, messages[0].Opened.SideOutputs[0].Volume.SizeC, messages[0].Opened.SideOutputs[0].Volume.SizeY, messages[0].Opened.SideOutputs[0].Volume.SizeX));
        foreach (var result in messages.Where(message => message.Result is not null).Select(message => message.Result))
        {
            Assert.Equal(["field", "point"], result.SideOutputs.Select(side => side.Name));
            Assert.All(result.SideOutputs, side => Assert.Equal(Crc32C.Compute(side.Data.Span), side.Crc32C));
            Assert.Equal(Enumerable.Range(0, 96).Select(i => SidedOperation.Value("field", result.Id, i)), Singles(result.SideOutputs[0].Data.Span));
            Assert.Equal([SidedOperation.Value("point", result.Id, 0)], Singles(result.SideOutputs[1].Data.Span));
        }

        Assert.Equal(2, messages.Count(message => message.Result is not null));
    }

    [Fact]
    public async Task Stream_UnknownSideOutput_IsRefusedByName()
    {
        await using var server = await StartAsync();
        using var call = new Proto.FrameService.FrameServiceClient(server.Channel).Stream(cancellationToken: Cancellation);
        var open = new Proto.OpenFrames { Operation = "test/sided", Frame = Requests.Describe(new VolumeShape(1, 6, 8), PixelType.UInt8), SideOutputs = { "flow" } };
        await call.RequestStream.WriteAsync(new Proto.FrameRequest { Open = open }, Cancellation);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancellation));

        Assert.Equal("UsageInvalid side_outputs[0]", $"{refusal.Trailers.GetValue("ib-error")} {refusal.Trailers.GetValue("ib-field")}");
        Assert.Contains("accepted: field, point", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DescribeOperation_SideOutputs_AreListed()
    {
        await using var server = await StartAsync();

        var sided = await server.Catalog.DescribeOperationAsync(new Proto.DescribeOperationRequest { Id = "test/sided" }, cancellationToken: Cancellation);

        Assert.Equal([("field", "Two channels of the frame's size."), ("point", "One pixel.")], sided.SideOutputs.Select(side => (side.Name, side.Help)));
    }

    private static void AssertSide(IEnumerable<Proto.Chunk> chunks, string name, VolumeShape shape)
    {
        var volume = new MemoryVolume(new VolumeInfo(shape, PixelType.Float32));
        var sequence = new ChunkSequence(volume.Info, name);
        foreach (var chunk in chunks.Where(chunk => chunk.Input == name))
        {
            var range = sequence.Accept(chunk.FirstPlane, chunk.PlaneCount, chunk.FirstRow, chunk.RowCount, chunk.Data.Span, chunk.Crc32C);
            var bytes = chunk.Data.Length / range.PlaneCount;
            for (var i = 0; i < range.PlaneCount; i++)
            {
                volume.WriteRows(range.FirstPlane + i, range.FirstRow, range.RowCount, chunk.Data.Span.Slice(i * bytes, bytes));
            }
        }

        sequence.CheckComplete();
        var each = (int)(shape.ElementCount / shape.Frames);
        Assert.Equal(Enumerable.Range(0, (int)shape.ElementCount).Select(i => SidedOperation.Value(name, i / each, i % each)), volume.ToSingles());
    }

    private static float[] Singles(ReadOnlySpan<byte> data) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(data).ToArray();

    private static IEnumerable<Proto.ProcessRequest> Run(MemoryVolume image, params string[] sides)
    {
        var declaration = Requests.Declare("test/sided", Requests.Describe(image.Info.Shape, image.Info.PixelType));
        declaration.SideOutputs.Add(sides);
        return [Requests.Message(declaration), .. Requests.Chunks(image)];
    }

    private static Task<TestServer> StartAsync(int passes = 1) => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu", ResultChunkBytes = 64 << 10 }, [.. BuiltInOperations.All, new SidedOperation(passes)]);
}
