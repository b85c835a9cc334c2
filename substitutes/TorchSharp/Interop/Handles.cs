using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Owns one reference to a native tensor; the finalizer releases what nobody disposed.</summary>
internal sealed class TensorHandle : SafeHandle
{
    internal TensorHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.ib_tensor_release(handle);
        return true;
    }
}

/// <summary>Owns a TorchScript module or compiled source.</summary>
internal sealed class ScriptHandle : SafeHandle
{
    internal ScriptHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.ib_script_release(handle);
        return true;
    }
}

/// <summary>Owns one reference to a random number generator.</summary>
internal sealed class GeneratorHandle : SafeHandle
{
    internal GeneratorHandle(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.ib_generator_release(handle);
        return true;
    }
}
