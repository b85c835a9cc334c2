using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Calls into TorchScript with C# objects as arguments and results.</summary>
internal static unsafe class ScriptCall
{
    internal static object? Invoke(ScriptHandle script, string method, object?[] arguments)
    {
        var converted = Array.ConvertAll(arguments, ToArgument);
        var values = stackalloc NativeValue[converted.Length];
        var scratch = GC.AllocateUninitializedArray<byte>(NativeArguments.ScratchBytes(converted) + 1, pinned: true);
        var native = new NativeArguments(converted, values, (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(scratch, 0));
        NativeValue result;
        try
        {
            native.Fill();
            NativeTorch.Check(NativeMethods.ib_script_invoke(script, method, values, converted.Length, &result));
        }
        finally
        {
            native.Dispose();
            GC.KeepAlive(scratch);
        }

        return TakeOver(&result);
    }

    /// <summary>Turns a native result into an object and releases the arrays in it.</summary>
    internal static object? TakeOver(NativeValue* value)
    {
        var result = ToObject(value);
        NativeMethods.ib_values_free(value, 1);
        return result;
    }

    private static object? ToObject(NativeValue* value) => value->Tag switch
    {
        ValueTag.None => null,
        ValueTag.Tensor => Tensor.Own(value->Pointer),
        ValueTag.Int => Scalar.From(*value, ScalarType.Int64),
        ValueTag.Double => Scalar.From(*value, ScalarType.Float64),
        ValueTag.Bool => Scalar.From(*value, ScalarType.Bool),
        ValueTag.Complex => Scalar.From(*value, ScalarType.ComplexFloat64),
        ValueTag.String => Marshal.PtrToStringUTF8(value->Pointer, value->Count),
        ValueTag.TensorList => Tensors((nint*)value->Pointer, value->Count),
        ValueTag.Tuple => Tuple((NativeValue*)value->Pointer, value->Count),
        _ => throw new NotSupportedException($"A TorchScript result of kind {value->Tag}."),
    };

    private static Tensor[] Tensors(nint* handles, int count)
    {
        var tensors = new Tensor[count];
        for (var i = 0; i < count; i++)
        {
            tensors[i] = Tensor.Own(handles[i]);
        }

        return tensors;
    }

    // Two to five tensors come as a C# tuple, as in the package; anything else as an array.
    private static object Tuple(NativeValue* values, int count)
    {
        var objects = new object?[count];
        for (var i = 0; i < count; i++)
        {
            objects[i] = ToObject(values + i);
        }

        return objects switch
        {
            [Tensor a, Tensor b] => (a, b),
            [Tensor a, Tensor b, Tensor c] => (a, b, c),
            [Tensor a, Tensor b, Tensor c, Tensor d] => (a, b, c, d),
            [Tensor a, Tensor b, Tensor c, Tensor d, Tensor e] => (a, b, c, d, e),
            _ => objects,
        };
    }

    private static Argument ToArgument(object? value) => value switch
    {
        null => Argument.None,
        Tensor tensor => tensor,
        IEnumerable<Tensor> tensors => tensors.ToArray(),
        Scalar scalar => scalar,
        long number => number,
        int number => number,
        double number => number,
        float number => (double)number,
        bool flag => flag,
        string text => text,
        long[] list => list,
        double[] list => list,
        Device device => device,
        _ => throw new ArgumentException($"A TorchScript argument cannot be a {value.GetType()}."),
    };
}
