using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>ib_value of ib_torch.h: one argument or result of an operator.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    internal ValueTag Tag;
    internal int Count;
    internal long Bits;
    internal double Imaginary;

    internal readonly nint Pointer => (nint)Bits;

    internal readonly double Real => BitConverter.Int64BitsToDouble(Bits);
}

internal enum ValueTag
{
    None = 0,
    Default = 1,
    Tensor = 2,
    Int = 3,
    Double = 4,
    Bool = 5,
    String = 6,
    IntList = 7,
    DoubleList = 8,
    BoolList = 9,
    TensorList = 10,
    OptionalTensorList = 11,
    Device = 12,
    Complex = 13,
    Generator = 14,
    Tuple = 15,
}
