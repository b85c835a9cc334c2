using Google.Protobuf;
using Grpc.Core;
using InferenceBridge.Imaging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>Sends what comes before the frames.</summary>
internal static class FrameOpener
{
    private const int ChunkBytes = 1 << 20;

    public static async Task SendAsync(FrameStreamRequest request, IClientStreamWriter<Proto.FrameRequest> stream, CancellationToken cancellation)
    {
        await stream.WriteAsync(new Proto.FrameRequest { Open = Open(request) }, cancellation).ConfigureAwait(false);
        foreach (var (name, volume) in request.Auxiliaries)
        {
            foreach (var range in ChunkLayout.Split(volume.Info, 0, (int)volume.Info.Shape.PlaneCount, ChunkBytes))
            {
                await stream.WriteAsync(new Proto.FrameRequest { Chunk = Read(name, volume, range) }, cancellation).ConfigureAwait(false);
            }
        }

        for (var offset = 0; offset < request.State.Length; offset += ChunkBytes)
        {
            var part = request.State.Slice(offset, Math.Min(ChunkBytes, request.State.Length - offset));
            await stream.WriteAsync(new Proto.FrameRequest
            {
                State = new Proto.StateChunk
                {
                    Offset = offset, TotalBytes = request.State.Length, Data = UnsafeByteOperations.UnsafeWrap(part), Crc32C = Crc32C.Compute(part.Span),
                },
            }, cancellation).ConfigureAwait(false);
        }
    }

    private static Proto.OpenFrames Open(FrameStreamRequest request)
    {
        var open = new Proto.OpenFrames
        {
            Operation = request.Operation,
            Frame = VolumeMapper.ToProto(request.Frame),
            QueueLength = request.QueueLength ?? 0,
            DropPolicy = request.DropPolicy == FrameDropPolicy.DropOldest ? Proto.DropPolicy.Oldest : Proto.DropPolicy.Block,
            StateBytes = request.State.Length,
            IdleTimeoutS = request.IdleTimeout?.TotalSeconds ?? 0,
            OutputPixelType = request.OutputPixelType is { } type ? VolumeMapper.ToProto(type) : Proto.PixelType.Unspecified,
        };
        open.SideOutputs.Add(request.SideOutputs);
        foreach (var (name, value) in request.Parameters)
        {
            open.Parameters[name] = ValueMapper.ToProto(value);
        }

        foreach (var (name, volume) in request.Auxiliaries)
        {
            open.Auxiliaries.Add(new Proto.InputDeclaration { Name = name, Volume = VolumeMapper.ToProto(volume.Info) });
        }

        return open;
    }

    private static Proto.Chunk Read(string name, IVolumeReader volume, ChunkRange range)
    {
        var info = volume.Info;
        var bytes = range.RowCount * info.Shape.Width * info.PixelType.BytesPerPixel();
        var data = new byte[checked(bytes * range.PlaneCount)];
        for (var i = 0; i < range.PlaneCount; i++)
        {
            volume.ReadRows(range.FirstPlane + i, range.FirstRow, range.RowCount, data.AsSpan(i * bytes, bytes));
        }

        return new Proto.Chunk
        {
            Input = name,
            FirstPlane = range.FirstPlane,
            PlaneCount = range.PlaneCount,
            FirstRow = range.FirstRow,
            RowCount = range.RowCount == info.Shape.Height ? 0 : range.RowCount,
            Data = UnsafeByteOperations.UnsafeWrap(data),
            Crc32C = Crc32C.Compute(data),
        };
    }
}
