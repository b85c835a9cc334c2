using Google.Protobuf;
using Grpc.Core;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests.Support;

/// <summary>Messages as a sound server sends them, for scripts to send or to spoil.</summary>
internal static class Answers
{
    public static Proto.ProcessResponse Accepted(Proto.VolumeDescription result) => new()
    {
        Accepted = new Proto.Accepted { Device = "cpu", Result = result, TilePlan = new Proto.TilePlan { Tiles = 3 } },
    };

    public static Proto.ProcessResponse Chunk(Proto.Chunk chunk) => new() { Chunk = chunk };

    /// <summary>Whole planes of float32, all of one value.</summary>
    public static Proto.ProcessResponse Planes(long first, int count, VolumeShape shape, float value = 7)
    {
        var values = new float[count * shape.PlaneElementCount];
        Array.Fill(values, value);
        var bytes = new byte[values.Length * sizeof(float)];
        PixelConverter.FromSingle(values, PixelType.Float32, bytes);
        return Chunk(new Proto.Chunk
        {
            FirstPlane = first, PlaneCount = count, Data = ByteString.CopyFrom(bytes), Crc32C = Crc32C.Compute(bytes),
        });
    }

    public static Proto.ProcessResponse Summary() => new()
    {
        Summary = new Proto.Summary { Operation = "test/op", OperationVersion = "1", ServerVersion = "9.9.9", Device = "cpu" },
    };

    /// <summary>A script that sends every plane of the image back.</summary>
    public static async Task EchoAsync(ScriptedJob job)
    {
        var declaration = await job.ReadDeclarationAsync();
        await job.Responses.WriteAsync(Accepted(declaration.Inputs[0].Volume));
        while (await job.Requests.MoveNext())
        {
            var chunk = job.Requests.Current.Chunk;
            if (chunk.Input == "image")
            {
                chunk.Input = "";
                await job.Responses.WriteAsync(Chunk(chunk));
            }
        }

        await job.Responses.WriteAsync(Summary());
    }
}
