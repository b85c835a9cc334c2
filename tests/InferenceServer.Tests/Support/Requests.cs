using Google.Protobuf;
using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>Messages as a well-behaved client sends them.</summary>
internal static class Requests
{
    public static Proto.VolumeDescription Describe(VolumeShape shape, PixelType type = PixelType.UInt16) => new()
    {
        SizeT = shape.Frames,
        SizeC = shape.Channels,
        SizeZ = shape.Depth,
        SizeY = shape.Height,
        SizeX = shape.Width,
        PixelType = (Proto.PixelType)(int)type,
        VoxelSizeXUm = 0.1,
        VoxelSizeYUm = 0.1,
        VoxelSizeZUm = 0.3,
    };

    public static Proto.Declaration Declare(string operation, Proto.VolumeDescription image) => new()
    {
        Operation = operation,
        Inputs = { new Proto.InputDeclaration { Name = "image", Volume = image } },
    };

    public static Proto.ProcessRequest Message(Proto.Declaration declaration) => new() { Declaration = declaration };

    public static Proto.ProcessRequest Chunk(long plane, byte[] data, long planes = 1, string input = "image") => new()
    {
        Chunk = new Proto.Chunk
        {
            Input = input,
            FirstPlane = plane,
            PlaneCount = planes,
            Data = ByteString.CopyFrom(data),
            Crc32C = Crc32C.Compute(data),
        },
    };

    /// <summary>All of a volume, one plane a chunk.</summary>
    public static IEnumerable<Proto.ProcessRequest> Chunks(MemoryVolume volume, string input = "image") =>
        Enumerable.Range(0, (int)volume.Info.Shape.PlaneCount).Select(plane => Chunk(plane, volume.Plane(plane).ToArray(), 1, input));

    /// <summary>A declaration and its image.</summary>
    public static IEnumerable<Proto.ProcessRequest> Run(string operation, MemoryVolume image) =>
        [Message(Declare(operation, Describe(image.Info.Shape, image.Info.PixelType))), .. Chunks(image)];

    /// <summary>Pixels from a fixed rule that no two planes share.</summary>
    public static MemoryVolume Ramp(VolumeShape shape, PixelType type = PixelType.UInt16)
    {
        var volume = new MemoryVolume(new VolumeInfo(shape, type));
        var values = new float[shape.PlaneElementCount];
        for (var plane = 0; plane < shape.PlaneCount; plane++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = ((i * 7) + (plane * 31)) % 251;
            }

            PixelConverter.FromSingle(values, type, volume.Plane(plane).Span);
        }

        return volume;
    }
}
