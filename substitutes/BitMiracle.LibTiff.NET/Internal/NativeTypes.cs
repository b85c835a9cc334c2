using System.Runtime.InteropServices;

namespace BitMiracle.LibTiff.Classic.Internal;

/// <summary>Mirrors <c>ib_tiff_kind</c>.</summary>
internal enum Kind
{
    U8 = 1,
    I8 = 2,
    U16 = 3,
    I16 = 4,
    U32 = 5,
    I32 = 6,
    U64 = 7,
    I64 = 8,
    F32 = 9,
    F64 = 10,
    Text = 11,
}

/// <summary>Mirrors <c>ib_tiff_value</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeValue
{
    public void* Data;
    public long Count;
    public Kind Kind;
    public int Type;

    public readonly ReadOnlySpan<T> As<T>() where T : unmanaged => new(Data, checked((int)Count));
}

/// <summary>Mirrors <c>ib_tiff_field</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeField
{
    public int Type;
    public int ReadCount;
    public int WriteCount;
    public int PassCount;
}

/// <summary>Mirrors <c>ib_tiff_io</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeIo
{
    public void* Context;
    public delegate* unmanaged<void*, void*, long, long> Read;
    public delegate* unmanaged<void*, void*, long, long> Write;
    public delegate* unmanaged<void*, long, int, long> Seek;
    public delegate* unmanaged<void*, long> Size;
}
