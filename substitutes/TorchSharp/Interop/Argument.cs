using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// One argument of an operator before it is laid out for the native call. The implicit conversions let an operator be
/// called with plain C# values; a null stands for an absent optional argument.
/// </summary>
internal readonly struct Argument
{
    internal readonly ValueTag Tag;
    internal readonly int Count;
    internal readonly long Bits;
    internal readonly double Imaginary;
    internal readonly object? Reference;

    private Argument(ValueTag tag, long bits = 0, object? reference = null, int count = 0, double imaginary = 0)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
        Count = count;
        Imaginary = imaginary;
    }

    internal static Argument None => default;

    internal static Argument Default => new(ValueTag.Default);

    public static implicit operator Argument(Tensor? value) => value is null ? default : new(ValueTag.Tensor, reference: value);

    public static implicit operator Argument(long value) => new(ValueTag.Int, value);

    public static implicit operator Argument(long? value) => value is { } number ? new(ValueTag.Int, number) : default;

    public static implicit operator Argument(double value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is { } number ? (Argument)number : default;

    public static implicit operator Argument(bool value) => new(ValueTag.Bool, value ? 1 : 0);

    public static implicit operator Argument(bool? value) => value is { } flag ? (Argument)flag : default;

    public static implicit operator Argument(ScalarType value) => new(ValueTag.Int, (long)value);

    public static implicit operator Argument(ScalarType? value) => value is { } type ? (Argument)type : default;

    public static implicit operator Argument(Device? value) =>
        value is null ? default : new(ValueTag.Device, (long)value.type, count: value.index);

    public static implicit operator Argument(Scalar? value) => value is null ? default : value.ToArgument();

    public static implicit operator Argument(string? value) => value is null ? default : new(ValueTag.String, reference: value);

    public static implicit operator Argument(long[]? value) => value is null ? default : new(ValueTag.IntList, reference: value);

    public static implicit operator Argument(double[]? value) => value is null ? default : new(ValueTag.DoubleList, reference: value);

    public static implicit operator Argument(Tensor[]? value) => value is null ? default : new(ValueTag.TensorList, reference: value);

    public static implicit operator Argument(Generator? value) => value is null ? default : new(ValueTag.Generator, reference: value);

    internal static Argument Complex(System.Numerics.Complex value) =>
        new(ValueTag.Complex, BitConverter.DoubleToInt64Bits(value.Real), imaginary: value.Imaginary);

    internal static Argument OptionalTensors(Tensor?[] value) => new(ValueTag.OptionalTensorList, reference: value);
}
