using System.Numerics;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>A number of any kind, as an argument of an operator or as the only element of a tensor.</summary>
public sealed class Scalar : IDisposable
{
    private readonly Complex _value;
    private readonly long _integer;

    private Scalar(ScalarType type, Complex value, long integer = 0)
    {
        Type = type;
        _value = value;
        _integer = integer;
    }

    public ScalarType Type { get; }

    public static implicit operator Scalar(byte value) => Whole(ScalarType.Byte, value);

    public static implicit operator Scalar(sbyte value) => Whole(ScalarType.Int8, value);

    public static implicit operator Scalar(short value) => Whole(ScalarType.Int16, value);

    public static implicit operator Scalar(int value) => Whole(ScalarType.Int32, value);

    public static implicit operator Scalar(long value) => Whole(ScalarType.Int64, value);

    public static implicit operator Scalar(Half value) => new(ScalarType.Float16, (double)value);

    public static implicit operator Scalar(float value) => new(ScalarType.Float32, value);

    public static implicit operator Scalar(double value) => new(ScalarType.Float64, value);

    public static implicit operator Scalar(bool value) => Whole(ScalarType.Bool, value ? 1 : 0);

    public static implicit operator Scalar((float, float) value) => new(ScalarType.ComplexFloat32, new Complex(value.Item1, value.Item2));

    public static implicit operator Scalar(Complex value) => new(ScalarType.ComplexFloat64, value);

    public override string ToString() => IsWhole ? $"{_integer}" : is_complex(Type) ? $"{_value}" : $"{_value.Real}";

    /// <summary>Holds nothing native; there for the package's callers.</summary>
    public void Dispose()
    {
    }

    internal static Scalar From(in NativeValue value, ScalarType type) => value.Tag switch
    {
        ValueTag.Int or ValueTag.Bool => Whole(type, value.Bits),
        ValueTag.Double => new Scalar(type, value.Real),
        ValueTag.Complex => new Scalar(type, new Complex(value.Real, value.Imaginary)),
        _ => throw new NotSupportedException($"A result of kind {value.Tag} is not a number."),
    };

    internal Argument ToArgument() =>
        Type == ScalarType.Bool ? _integer != 0
        : IsWhole ? _integer
        : is_complex(Type) ? Argument.Complex(_value)
        : _value.Real;

    internal double Real => IsWhole ? _integer : _value.Real;

    internal long Integer => IsWhole ? _integer : checked((long)_value.Real);

    internal Complex Complex => IsWhole ? _integer : _value;

    private bool IsWhole => is_integral(Type);

    private static Scalar Whole(ScalarType type, long value) => new(type, default, value);
}
