using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// Reads and writes arrays in NumPy's format 1.0 to 3.0, in C order, of numbers with up to 8 bytes
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
/// </summary>
internal static partial class NpyFile
{
    private static readonly byte[] Magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The array as float32; the caller owns it.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileUnreadable"/>, or <see cref="InferenceError.FileFormatInvalid"/> with what is wrong.
    /// </exception>
    public static Tensor Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnreadable, path, $"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes a tensor as float32, format 1.0.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(string path, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var values = tensor.detach().to(CPU).to_type(ScalarType.Float32).contiguous();
        var shape = string.Concat(values.shape.Select(size => $"{size}, "));
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape.TrimEnd()}), }}";

        // Blanks and a line's end make the elements begin at a multiple of 64 bytes.
        header = header.PadRight(((header.Length + 11 + 63) / 64 * 64) - 11) + "\n";
        var bytes = new byte[10 + header.Length + values.bytes.Length];
        Magic.CopyTo(bytes, 0);
        bytes[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)header.Length);
        Encoding.ASCII.GetBytes(header, bytes.AsSpan(10));
        values.bytes.CopyTo(bytes.AsSpan(10 + header.Length));
        try
        {
            File.WriteAllBytes(path, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnwritable, path, $"{path} cannot be written: {e.Message}", e);
        }
    }

    private static Tensor Parse(byte[] bytes, string path)
    {
        if (bytes.Length < 10 || !bytes.AsSpan(0, 6).SequenceEqual(Magic))
        {
            throw Fault(path, "does not begin as a NumPy file");
        }

        var (lengthBytes, isKnown) = (bytes[6] == 1 ? 2 : 4, bytes[6] is >= 1 and <= 3);
        var headerLength = lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)) : bytes.Length < 12 ? uint.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8));
        var start = 8L + lengthBytes + headerLength;
        if (!isKnown || start > bytes.Length)
        {
            throw Fault(path, isKnown ? "ends within its header" : $"is of version {bytes[6]}");
        }

        var header = Encoding.UTF8.GetString(bytes, 8 + lengthBytes, (int)headerLength);
        var type = Type().Match(header) is { Success: true } match ? match.Groups[1].Value : throw Fault(path, $"has no plain element type in its header {header.Trim()}");
        if (header.Contains("'fortran_order': True", StringComparison.Ordinal))
        {
            throw Fault(path, "is in Fortran's order");
        }

        long[] shape = Shape().Match(header) is { Success: true } sizes
            ? [.. sizes.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(long.Parse)]
            : throw Fault(path, $"has no shape in its header {header.Trim()}");
        return Elements(bytes.AsSpan((int)start), type, shape, path);
    }

    private static Tensor Elements(ReadOnlySpan<byte> data, string type, long[] shape, string path)
    {
        var size = type.Length > 2 && char.IsAsciiDigit(type[2]) ? type[2] - '0' : 0;
        var count = shape.Aggregate(1L, (n, length) => checked(n * length));
        if (count * size != data.Length)
        {
            throw Fault(path, $"holds {data.Length} bytes for {count} elements of {size}");
        }

        var values = new float[count];
        switch (type[1..])
        {
            case "f4": Copy<float>(data, values, value => value); break;
            case "f8": Copy<double>(data, values, value => (float)value); break;
            case "f2": Copy<Half>(data, values, value => (float)value); break;
            case "u1" or "b1": Copy<byte>(data, values, value => value); break;
            case "i1": Copy<sbyte>(data, values, value => value); break;
            case "u2": Copy<ushort>(data, values, value => value); break;
            case "i2": Copy<short>(data, values, value => value); break;
            case "u4": Copy<uint>(data, values, value => value); break;
            case "i4": Copy<int>(data, values, value => value); break;
            case "u8": Copy<ulong>(data, values, value => value); break;
            case "i8": Copy<long>(data, values, value => value); break;
            default: throw Fault(path, $"has elements of type {type}");
        }

        return tensor(values, shape);
    }

    private static void Copy<T>(ReadOnlySpan<byte> data, float[] values, Func<T, float> convert)
        where T : struct
    {
        var elements = MemoryMarshal.Cast<byte, T>(data);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = convert(elements[i]);
        }
    }

    private static InferenceException Fault(string path, string what) => new(InferenceError.FileFormatInvalid, path,
        $"{path} {what}; accepted: a .npy file of little-endian numbers in C order.");

    [GeneratedRegex(@"'descr':\s*'([<|][fiub][1248])'")]
    private static partial Regex Type();

    [GeneratedRegex(@"'shape':\s*\(([0-9, ]*)\)")]
    private static partial Regex Shape();
}
