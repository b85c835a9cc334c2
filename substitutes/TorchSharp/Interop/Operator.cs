using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// An ATen operator by its schema name, e.g. <c>add.Tensor</c>. It is looked up when first called; arguments are given in
/// the order of the schema, and those left out take the schema's defaults.
/// </summary>
internal sealed unsafe class Operator(string schema)
{
    private readonly string _name = "aten::" + schema.Split(Dot)[0];
    private readonly string _overload = schema.Contains(Dot, StringComparison.Ordinal) ? schema.Split(Dot)[1] : string.Empty;
    private const char Dot = '.';
    private const int MaxStackBytes = 1024;
    private nint _native;

    internal Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return Tensor.Own(result.Pointer);
    }

    /// <summary>For in-place operators, whose result the caller has already.</summary>
    internal void Run(params ReadOnlySpan<Argument> arguments) => Invoke(arguments, null, 0);

    internal (Tensor First, Tensor Second) CallPair(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[2];
        Invoke(arguments, results, 2);
        return (Tensor.Own(results[0].Pointer), Tensor.Own(results[1].Pointer));
    }

    internal (Tensor First, Tensor Second, Tensor Third) CallTriple(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[3];
        Invoke(arguments, results, 3);
        return (Tensor.Own(results[0].Pointer), Tensor.Own(results[1].Pointer), Tensor.Own(results[2].Pointer));
    }

    internal (Tensor First, Tensor Second, Tensor Third, Tensor Fourth) CallQuadruple(params ReadOnlySpan<Argument> arguments)
    {
        var results = stackalloc NativeValue[4];
        Invoke(arguments, results, 4);
        return (Tensor.Own(results[0].Pointer), Tensor.Own(results[1].Pointer), Tensor.Own(results[2].Pointer), Tensor.Own(results[3].Pointer));
    }

    internal Tensor[] CallList(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        var tensors = new Tensor[result.Count];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = Tensor.Own(((nint*)result.Pointer)[i]);
        }

        NativeMethods.ib_values_free(&result, 1);
        return tensors;
    }

    internal bool CallBool(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return result.Bits != 0;
    }

    /// <summary>The single number that an operator such as <c>_local_scalar_dense</c> returns.</summary>
    internal NativeValue CallNumber(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(arguments, &result, 1);
        return result;
    }

    [SkipLocalsInit]
    private void Invoke(ReadOnlySpan<Argument> arguments, NativeValue* results, int capacity)
    {
        var op = _native != 0 ? _native : Find();
        var values = stackalloc NativeValue[arguments.Length];
        var scratchBytes = NativeArguments.ScratchBytes(arguments);
        byte[]? large = scratchBytes > MaxStackBytes ? GC.AllocateUninitializedArray<byte>(scratchBytes, pinned: true) : null;
        var small = stackalloc byte[large is null ? scratchBytes : 0];
        var scratch = large is null ? small : (byte*)Unsafe.AsPointer(ref large[0]);
        var native = new NativeArguments(arguments, values, scratch);
        try
        {
            native.Fill();
            NativeTorch.Check(NativeMethods.ib_operator_call(op, values, arguments.Length, results, capacity, null));
        }
        finally
        {
            native.Dispose();
            GC.KeepAlive(large);
        }
    }

    /// <summary>Whether the libtorch at hand has the operator.</summary>
    internal bool Exists() => NativeMethods.ib_operator_find(_name, _overload, out _) == 0;

    private nint Find()
    {
        NativeTorch.Check(NativeMethods.ib_operator_find(_name, _overload, out var op));
        return _native = op;
    }
}
