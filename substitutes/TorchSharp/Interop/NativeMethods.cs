using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The functions of native/torch/include/ib_torch.h that concern operators and tensors.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = NativeTorch.LibraryName;

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ib_abi_version();

    [LibraryImport(Library)]
    internal static partial byte* ib_libtorch_version();

    [LibraryImport(Library)]
    internal static partial byte* ib_last_error();

    [LibraryImport(Library)]
    internal static partial long ib_live_tensors();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ib_operator_find(string name, string overload, out nint op);

    [LibraryImport(Library)]
    internal static partial int ib_operator_call(
        nint op, NativeValue* arguments, int count, NativeValue* results, int capacity, int* resultCount);

    [LibraryImport(Library)]
    internal static partial void ib_values_free(NativeValue* values, int count);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_from_memory(void* data, long* sizes, int dimensions, int dtype, out nint tensor);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_from_blob(
        void* data, long* sizes, int dimensions, int dtype, delegate* unmanaged<nint, void> deleter, nint context, out nint tensor);

    [LibraryImport(Library)]
    internal static partial nint ib_tensor_share(nint tensor);

    [LibraryImport(Library)]
    internal static partial void ib_tensor_release(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ib_tensor_dimensions(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ib_tensor_element_count(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ib_tensor_dtype(nint tensor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ib_tensor_device(nint tensor, int* index);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ib_tensor_layout(nint tensor);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_sizes(nint tensor, long* sizes);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_strides(nint tensor, long* strides);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_is_contiguous(nint tensor, int memoryFormat);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_data(nint tensor, out nint data);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_storage_offset(nint tensor, out long offset);
}
