using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Tensors in an exported state: number of axes (0 for none), sizes, float64 values.</summary>
internal static class StateTensor
{
    // A state is data from outside: a length in it must not be believed before there are as many bytes.
    private const int MaximumAxes = 4;

    public static void Write(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write((byte)(tensor?.Dimensions ?? 0));
        if (tensor is null)
        {
            return;
        }

        using var scope = NewDisposeScope();
        foreach (var size in tensor.shape)
        {
            writer.Write(size);
        }

        writer.Write(MemoryMarshal.AsBytes<double>(tensor.to(CPU).to_type(ScalarType.Float64).contiguous().data<double>().ToArray()));
    }

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static Tensor? Read(BinaryReader reader, Device device)
    {
        var axes = reader.ReadByte();
        if (axes == 0)
        {
            return null;
        }

        var shape = axes <= MaximumAxes ? new long[axes] : throw new InvalidDataException($"a tensor of {axes} axes");
        long count = 1;
        for (var i = 0; i < axes; i++)
        {
            shape[i] = reader.ReadInt64();
            count = shape[i] is > 0 and < int.MaxValue ? checked(count * shape[i]) : throw new InvalidDataException($"a size of {shape[i]}");
        }

        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        var values = count <= left / sizeof(double) ? new double[count] : throw new InvalidDataException($"{left} bytes for {count} numbers");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return tensor(values, shape, ScalarType.Float64, device).DetachFromDisposeScope();
    }
}
