using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>Tensors in streams: element type, number of axes, sizes, then the elements in row-major order.</summary>
public static partial class TensorExtensionMethods
{
    private const int BlockBytes = 1 << 16;
    private const int MostAxes = 64;

    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(writer);
        var shape = tensor.shape;
        writer.Encode((int)tensor.dtype);
        writer.Encode(shape.Length);
        foreach (var size in shape)
        {
            writer.Encode(size);
        }

        writer.Flush();
        tensor.WriteBytesToStream(writer.BaseStream, BlockBytes);
    }

    /// <summary>Overwrites a tensor's elements with saved ones of the same type and shape.</summary>
    /// <exception cref="ArgumentException">The saved tensor has another type or shape.</exception>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var loaded = Load(reader);
        if (skip)
        {
            return;
        }

        if (loaded.dtype != tensor.dtype || !loaded.shape.SequenceEqual(tensor.shape))
        {
            throw new ArgumentException($"The saved tensor is {loaded}, and cannot be loaded into {tensor}.", nameof(reader));
        }

        using var grad = torch.no_grad();
        tensor.copy_(loaded);
    }

    /// <exception cref="InvalidDataException">The stream holds no tensor here.</exception>
    public static torch.Tensor Load(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var (type, axes) = (reader.Decode(), reader.Decode());
        if (!Enum.IsDefined((torch.ScalarType)type) || axes > MostAxes)
        {
            throw new InvalidDataException($"The stream holds no tensor here: element type {type}, {axes} axes.");
        }

        var shape = new long[axes];
        for (var i = 0; i < axes; i++)
        {
            shape[i] = reader.Decode();
        }

        var tensor = torch.empty(shape, (torch.ScalarType)type);
        tensor.ReadBytesFromStream(reader.BaseStream, BlockBytes);
        return tensor;
    }
}
