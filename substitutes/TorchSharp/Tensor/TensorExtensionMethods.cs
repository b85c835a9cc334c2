using System.Numerics;

namespace TorchSharp;

/// <summary>Conversions between tensors and numbers, and to other element types by their C# names.</summary>
public static partial class TensorExtensionMethods
{
    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();

    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    public static byte ToByte(this torch.Tensor value) => value.ToScalar().ToByte();

    public static sbyte ToSByte(this torch.Tensor value) => value.ToScalar().ToSByte();

    public static short ToInt16(this torch.Tensor value) => value.ToScalar().ToInt16();

    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();

    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();

    public static Half ToHalf(this torch.Tensor value) => value.ToScalar().ToHalf();

    public static (float Real, float Imaginary) ToComplexFloat32(this torch.Tensor value) => value.ToScalar().ToComplexFloat32();

    public static Complex ToComplexFloat64(this torch.Tensor value) => value.ToScalar().ToComplexFloat64();

    public static torch.Tensor @bool(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.Bool);

    public static torch.Tensor @byte(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.Byte);

    public static torch.Tensor @short(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.Int16);

    public static torch.Tensor @int(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.Int32);

    public static torch.Tensor @long(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.Int64);

    public static torch.Tensor half(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.Float16);

    public static torch.Tensor @float(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.Float32);

    public static torch.Tensor @double(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.Float64);

    public static torch.Tensor bfloat16(this torch.Tensor tensor) => tensor.to_type(torch.ScalarType.BFloat16);
}
