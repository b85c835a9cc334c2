using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>
/// Lays arguments out for a native call in memory that the caller gives (its stack), and keeps every tensor among them
/// alive until <see cref="Dispose"/>, whatever other threads or the garbage collector do meanwhile.
/// </summary>
internal unsafe ref struct NativeArguments
{
    private readonly ReadOnlySpan<Argument> _arguments;
    private readonly NativeValue* _values;
    private byte* _scratch;
    private int _held;

    internal NativeArguments(ReadOnlySpan<Argument> arguments, NativeValue* values, byte* scratch)
    {
        _arguments = arguments;
        _values = values;
        _scratch = scratch;
    }

    /// <summary>Bytes of scratch memory that the lists and strings among the arguments take.</summary>
    internal static int ScratchBytes(ReadOnlySpan<Argument> arguments)
    {
        var bytes = 0;
        foreach (ref readonly var argument in arguments)
        {
            bytes += argument.Reference switch
            {
                null or Tensor => 0,
                Array list => list.Length * sizeof(long),
                string text => (Encoding.UTF8.GetMaxByteCount(text.Length) + sizeof(long)) & -sizeof(long),
                _ => 0,
            };
        }

        return bytes;
    }

    internal void Fill()
    {
        for (var i = 0; i < _arguments.Length; i++)
        {
            ref readonly var argument = ref _arguments[i];
            _values[i] = new NativeValue { Tag = argument.Tag, Count = argument.Count, Bits = argument.Bits, Imaginary = argument.Imaginary };
            if (argument.Reference is Tensor tensor)
            {
                _values[i].Bits = Hold(tensor);
            }
            else if (argument.Reference is not null)
            {
                FillReference(argument, ref _values[i]);
            }

            _held = i + 1;
        }
    }

    /// <summary>Lets go of the tensors that <see cref="Fill"/> took hold of.</summary>
    internal readonly void Dispose()
    {
        for (var i = 0; i < _held; i++)
        {
            switch (_arguments[i].Reference)
            {
                case Tensor tensor:
                    tensor.SafeHandle.DangerousRelease();
                    break;
                case Tensor?[] tensors:
                    Release(tensors);
                    break;
                case Generator generator:
                    generator.SafeHandle.DangerousRelease();
                    break;
                default:
                    break;
            }
        }
    }

    private static void Release(ReadOnlySpan<Tensor?> tensors)
    {
        foreach (var tensor in tensors)
        {
            tensor?.SafeHandle.DangerousRelease();
        }
    }

    private static nint Hold(Tensor tensor)
    {
        var held = false;
        tensor.SafeHandle.DangerousAddRef(ref held);
        return tensor.SafeHandle.DangerousGetHandle();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FillReference(in Argument argument, ref NativeValue value)
    {
        value.Bits = (nint)_scratch;
        switch (argument.Reference)
        {
            case long[] list:
                value.Count = list.Length;
                Copy(MemoryMarshal.AsBytes(list.AsSpan()));
                break;
            case double[] list:
                value.Count = list.Length;
                Copy(MemoryMarshal.AsBytes(list.AsSpan()));
                break;
            case string text:
                value.Count = Encoding.UTF8.GetBytes(text, new Span<byte>(_scratch, Encoding.UTF8.GetMaxByteCount(text.Length)));
                _scratch += (Encoding.UTF8.GetMaxByteCount(text.Length) + sizeof(long)) & -sizeof(long);
                break;
            case Tensor?[] tensors:
                value.Count = tensors.Length;
                HoldAll(tensors);
                break;
            case Generator generator:
                var held = false;
                generator.SafeHandle.DangerousAddRef(ref held);
                value.Bits = generator.SafeHandle.DangerousGetHandle();
                break;
            default:
                throw new NotSupportedException($"An argument of type {argument.Reference!.GetType()} has no native form.");
        }
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(new Span<byte>(_scratch, bytes.Length));
        _scratch += bytes.Length;
    }

    private void HoldAll(ReadOnlySpan<Tensor?> tensors)
    {
        var pointers = (nint*)_scratch;
        for (var i = 0; i < tensors.Length; i++)
        {
            try
            {
                pointers[i] = tensors[i] is { } tensor ? Hold(tensor) : 0;
            }
            catch
            {
                Release(tensors[..i]);
                throw;
            }
        }

        _scratch += tensors.Length * sizeof(nint);
    }
}
