using Google.Protobuf;
using InferenceBridge.Client.Internal;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests;

/// <summary>What a server may answer to frames, and what it may not.</summary>
public sealed class FrameMapperTests
{
    private static readonly byte[] Pixels = [1, 2, 3, 4, 5, 6, 7, 8];

    private static FrameStreamRequest Request { get; } =
        new("test/op", new VolumeInfo(new VolumeShape(1, 1, 2), PixelType.Float32)) { SideOutputs = ["field"] };

    [Fact]
    public void ToResult_SoundAnswer_HasItsPixelsAndSideOutputs()
    {
        var result = FrameMapper.ToResult(Answer(), Request);

        Assert.Equal(Pixels, result.Pixels.ToArray());
        Assert.Equal(["field"], result.SideOutputs.Keys);
        Assert.Equal(Pixels.Reverse(), result.SideOutputs["field"].ToArray());
    }

    [Fact]
    public void ToInfo_SoundOpening_TellsTheShapeOfSideOutputs() =>
        Assert.Equal(new VolumeShape(1, 2, 1, 1, 2), FrameMapper.ToInfo(Opened(), Request).SideOutputs["field"].Shape);

    [Theory]
    [InlineData("pixels", InferenceError.ChunkCorrupt)]
    [InlineData("side output", InferenceError.ChunkCorrupt)]
    [InlineData("missing", InferenceError.ProtocolViolation)]
    [InlineData("renamed", InferenceError.ProtocolViolation)]
    [InlineData("twice", InferenceError.ProtocolViolation)]
    public void ToResult_BadAnswer_IsRefused(string fault, InferenceError expected)
    {
        var answer = Answer();
        answer.Crc32C += fault == "pixels" ? 1u : 0;
        answer.SideOutputs[0].Crc32C += fault == "side output" ? 1u : 0;
        answer.SideOutputs[0].Name = fault == "renamed" ? "flow" : "field";
        if (fault == "twice")
        {
            answer.SideOutputs.Add(answer.SideOutputs[0]);
        }
        else if (fault == "missing")
        {
            answer.SideOutputs.Clear();
        }

        var error = Assert.Throws<InferenceException>(() => FrameMapper.ToResult(answer, Request));

        Assert.Equal(expected, error.Error);
        Assert.Contains("accepted:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToInfo_ServerThatKnowsNoSideOutputs_IsRefused()
    {
        var opened = Opened();
        opened.SideOutputs.Clear();

        var error = Assert.Throws<InferenceException>(() => FrameMapper.ToInfo(opened, Request));

        Assert.Equal(InferenceError.ProtocolViolation, error.Error);
        Assert.Contains("accepted: \"field\"", error.Message, StringComparison.Ordinal);
    }

    private static Proto.FramesOpened Opened()
    {
        static Proto.VolumeDescription Volume(int channels) => new() { SizeT = 1, SizeC = channels, SizeZ = 1, SizeY = 1, SizeX = 2, PixelType = Proto.PixelType.Float32 };
        return new Proto.FramesOpened { Device = "cpu", Result = Volume(1), SideOutputs = { new Proto.SideVolume { Name = "field", Volume = Volume(2) } } };
    }

    private static Proto.FrameResult Answer()
    {
        byte[] side = [.. Pixels.Reverse()];
        return new Proto.FrameResult
        {
            Id = 3, Data = ByteString.CopyFrom(Pixels), Crc32C = Crc32C.Compute(Pixels),
            SideOutputs = { new Proto.SideResult { Name = "field", Data = ByteString.CopyFrom(side), Crc32C = Crc32C.Compute(side) } },
        };
    }
}
