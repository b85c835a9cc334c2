using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace BitMiracle.LibTiff.Classic;

/// <summary>A value of a tag, with conversions.</summary>
public struct FieldValue
{
    internal static readonly Encoding Latin1 = Encoding.Latin1;

    internal FieldValue(object? value) => Value = value;

    /// <summary>Gets the value as it is held.</summary>
    public object? Value { get; }

    /// <summary>Converts the value.</summary>
    /// <returns>The value as a byte.</returns>
    public readonly byte ToByte() => Convert.ToByte(Value, CultureInfo.InvariantCulture);

    /// <summary>Converts the value; an unsigned one wraps.</summary>
    /// <returns>The value as a short.</returns>
    public readonly short ToShort() =>
        Value is ushort same ? (short)same : Convert.ToInt16(Value, CultureInfo.InvariantCulture);

    /// <summary>Converts the value; a signed one of the same size wraps.</summary>
    /// <returns>The value as an unsigned short.</returns>
    public readonly ushort ToUShort() =>
        Value is short same ? (ushort)same : Convert.ToUInt16(Value, CultureInfo.InvariantCulture);

    /// <summary>Converts the value; an unsigned one of the same size wraps.</summary>
    /// <returns>The value as an int.</returns>
    public readonly int ToInt() => Value is uint same ? (int)same : Convert.ToInt32(Value, CultureInfo.InvariantCulture);

    /// <summary>Converts the value; a signed one of the same size wraps.</summary>
    /// <returns>The value as an unsigned int.</returns>
    public readonly uint ToUInt() => Value is int same ? (uint)same : Convert.ToUInt32(Value, CultureInfo.InvariantCulture);

    /// <summary>Converts the value.</summary>
    /// <returns>The value as a long.</returns>
    public readonly long ToLong() =>
        Value is ulong same ? (long)same : Convert.ToInt64(Value, CultureInfo.InvariantCulture);

    /// <summary>Converts the value.</summary>
    /// <returns>The value as a float.</returns>
    public readonly float ToFloat() => Convert.ToSingle(Value, CultureInfo.InvariantCulture);

    /// <summary>Converts the value.</summary>
    /// <returns>The value as a double.</returns>
    public readonly double ToDouble() => Convert.ToDouble(Value, CultureInfo.InvariantCulture);

    /// <summary>Converts the value; bytes are taken for Latin-1 text.</summary>
    /// <returns>The value as text.</returns>
    public override readonly string ToString() => Value is byte[] bytes
        ? Latin1.GetString(bytes)
        : Convert.ToString(Value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Gets the bytes of an array as they are in memory, or of a text in Latin-1.</summary>
    /// <returns>The bytes; null if the value is neither.</returns>
    public readonly byte[]? GetBytes() => Value switch
    {
        byte[] same => same,
        string text => Latin1.GetBytes(text),
        short[] array => Raw<short>(array),
        int[] array => Raw<int>(array),
        long[] array => Raw<long>(array),
        float[] array => Raw<float>(array),
        double[] array => Raw<double>(array),
        int single => BitConverter.GetBytes(single),
        _ => null,
    };

    /// <summary>Converts each element, keeping its low byte; a text gives its Latin-1 bytes.</summary>
    /// <returns>The bytes; null if the value is no array of integers and no text.</returns>
    public readonly byte[]? ToByteArray() => Value is string text ? Latin1.GetBytes(text) : Integers<byte>();

    /// <summary>Converts each element, keeping its low bits; bytes are taken for elements as they are in memory.</summary>
    /// <returns>The elements; null if the value is no array of integers or has odd bytes.</returns>
    public readonly short[]? ToShortArray() => Integers<short>();

    /// <summary>Converts each element, keeping its low bits; bytes are taken for elements as they are in memory.</summary>
    /// <returns>The elements; null if the value is no array of integers or has odd bytes.</returns>
    public readonly ushort[]? ToUShortArray() => Integers<ushort>();

    /// <summary>Converts each element, keeping its low bits; bytes are taken for elements as they are in memory.</summary>
    /// <returns>The elements; null if the value is no array of integers or has odd bytes.</returns>
    public readonly int[]? ToIntArray() => Integers<int>();

    /// <summary>Converts each element, keeping its low bits; bytes are taken for elements as they are in memory.</summary>
    /// <returns>The elements; null if the value is no array of integers or has odd bytes.</returns>
    public readonly uint[]? ToUIntArray() => Integers<uint>();

    /// <summary>Converts each element, keeping its low bits; bytes are taken for elements as they are in memory.</summary>
    /// <returns>The elements; null if the value is no array of integers or has odd bytes.</returns>
    public readonly long[]? TolongArray() => Integers<long>();

    /// <summary>Converts each element; bytes are taken for elements as they are in memory.</summary>
    /// <returns>The elements; null if the value is no array of reals or has odd bytes.</returns>
    public readonly float[]? ToFloatArray() => Reals<float>();

    /// <summary>Converts each element; bytes are taken for elements as they are in memory.</summary>
    /// <returns>The elements; null if the value is no array of reals or has odd bytes.</returns>
    public readonly double[]? ToDoubleArray() => Reals<double>();

    private static byte[] Raw<T>(T[] array) where T : unmanaged => MemoryMarshal.AsBytes<T>(array).ToArray();

    private static T[]? Reinterpret<T>(byte[] bytes) where T : unmanaged
    {
        ReadOnlySpan<T> elements = MemoryMarshal.Cast<byte, T>(bytes);
        return MemoryMarshal.AsBytes(elements).Length == bytes.Length ? elements.ToArray() : null;
    }

    private readonly T[]? Integers<T>() where T : unmanaged, System.Numerics.INumberBase<T> => Value switch
    {
        // An array of an unsigned type also matches its signed type, so the exact type is asked for.
        T[] same when Value.GetType() == typeof(T[]) => same,
        byte[] bytes => Reinterpret<T>(bytes),
        ushort[] array when Value.GetType() == typeof(ushort[]) => Array.ConvertAll(array, T.CreateTruncating),
        uint[] array when Value.GetType() == typeof(uint[]) => Array.ConvertAll(array, T.CreateTruncating),
        ulong[] array when Value.GetType() == typeof(ulong[]) => Array.ConvertAll(array, T.CreateTruncating),
        short[] array => Array.ConvertAll(array, T.CreateTruncating),
        int[] array => Array.ConvertAll(array, T.CreateTruncating),
        long[] array => Array.ConvertAll(array, T.CreateTruncating),
        _ => null,
    };

    private readonly T[]? Reals<T>() where T : unmanaged, System.Numerics.INumberBase<T> => Value switch
    {
        T[] same => same,
        byte[] bytes => Reinterpret<T>(bytes),
        float[] array => Array.ConvertAll(array, T.CreateTruncating),
        double[] array => Array.ConvertAll(array, T.CreateTruncating),
        _ => null,
    };
}
