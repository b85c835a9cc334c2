using Microsoft.Win32.SafeHandles;

namespace BitMiracle.LibTiff.Classic.Internal;

/// <summary>Owns an <c>ib_tiff</c> and what its callbacks need.</summary>
internal sealed class TiffHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public TiffHandle() : base(ownsHandle: true)
    {
        SetHandle(Native.Create());
        if (IsInvalid)
            throw new InsufficientMemoryException("No memory for a TIFF handle.");
    }

    /// <summary>The stream that the native side reads and writes; freed after it.</summary>
    public StreamBridge? Bridge { get; set; }

    protected override bool ReleaseHandle()
    {
        Native.Destroy(handle);
        Bridge?.Dispose();
        return true;
    }
}
