using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A new tensor with a copy of an array of any number of dimensions.</summary>
    public static unsafe Tensor from_array(Array rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var elementType = ToScalarType(rawArray.GetType().GetElementType()!);
        var shape = new long[rawArray.Rank];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = rawArray.GetLongLength(axis);
        }

        fixed (void* data = &MemoryMarshal.GetArrayDataReference(rawArray))
        {
            return FromPointer(data, shape, elementType, dtype, device, requires_grad);
        }
    }

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    /// <summary>
    /// A one-dimensional CPU tensor over an array, which stays pinned while a tensor over it lives: what either side writes,
    /// the other sees. An array of another element type is copied.
    /// </summary>
    /// <param name="count">Elements to take; -1 for all after the offset.</param>
    /// <param name="offset">Elements to skip.</param>
    public static unsafe Tensor frombuffer(
        Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var length = rawArray.LongLength;
        if (offset < 0 || offset >= length)
        {
            throw new ArgumentException($"invalid value for 'offset': {offset}");
        }

        count = count < 0 ? length - offset : count;
        if (count > length - offset)
        {
            throw new IndexOutOfRangeException($"element count is too large: {count}");
        }

        var elementType = ToScalarType(rawArray.GetType().GetElementType()!);
        var pin = GCHandle.Alloc(rawArray, GCHandleType.Pinned);
        nint handle;
        try
        {
            var data = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(rawArray, 0) + (offset * elementType.ElementSize());
            NativeTorch.Check(NativeMethods.ib_tensor_from_blob(
                data, &count, 1, (int)elementType, &FreePin, GCHandle.ToIntPtr(pin), out handle));
        }
        catch
        {
            pin.Free();
            throw;
        }

        return Tensor.Own(handle).Adapt(dtype, device).With(requires_grad);
    }

    internal static unsafe Tensor FromSpan<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad)
        where T : unmanaged
    {
        long expected = 1;
        foreach (var size in shape)
        {
            expected = checked(expected * size);
        }

        if (expected != values.Length)
        {
            throw new ArgumentException($"mismatched total size creating a tensor from an array: {values.Length} elements for a shape of {expected}.");
        }

        fixed (T* data = values)
        {
            return FromPointer(data, shape, ToScalarType(typeof(T)), dtype, device, requires_grad);
        }
    }

    private static unsafe Tensor FromPointer(
        void* data, ReadOnlySpan<long> shape, ScalarType elementType, ScalarType? dtype, Device? device, bool requires_grad)
    {
        fixed (long* sizes = shape)
        {
            NativeTorch.Check(NativeMethods.ib_tensor_from_memory(data, sizes, shape.Length, (int)elementType, out var handle));
            return Tensor.Own(handle).Adapt(dtype ?? elementType, device).With(requires_grad);
        }
    }

    private static Tensor Adapt(this Tensor tensor, ScalarType dtype, Device? device)
    {
        device = InitializeDevice(device);
        return tensor.dtype == dtype && tensor.device == device
            ? tensor
            : tensor.to(dtype, device, disposeAfter: true);
    }

    [UnmanagedCallersOnly]
    private static void FreePin(nint pin) => GCHandle.FromIntPtr(pin).Free();
}
