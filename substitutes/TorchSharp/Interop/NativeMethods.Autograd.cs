using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The functions of ib_torch.h that concern gradients.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    internal static partial int ib_tensor_requires_grad(nint tensor);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_set_requires_grad(nint tensor, int requiresGrad);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_is_leaf(nint tensor);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_retain_grad(nint tensor);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_grad(nint tensor, out nint grad);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_set_grad(nint tensor, nint grad);

    [LibraryImport(Library)]
    internal static partial int ib_tensor_set_data(nint tensor, nint data);

    [LibraryImport(Library)]
    internal static partial int ib_backward(
        nint* tensors, nint* grads, int count, nint* inputs, int inputCount, int retainGraph, int createGraph);

    [LibraryImport(Library)]
    internal static partial int ib_gradients(
        nint* outputs, nint* grads, int outputCount, nint* inputs, int inputCount, int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library)]
    internal static partial int ib_set_grad_mode(int enabled);

    [LibraryImport(Library)]
    internal static partial int ib_grad_mode();

    [LibraryImport(Library)]
    internal static partial int ib_inference_enter(int enabled, out nint guard);

    [LibraryImport(Library)]
    internal static partial void ib_inference_leave(nint guard);

    [LibraryImport(Library)]
    internal static partial int ib_inference_mode();
}
