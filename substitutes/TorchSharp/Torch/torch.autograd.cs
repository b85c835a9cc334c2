using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients of tensors with respect to others.</summary>
    public static partial class autograd
    {
        /// <summary>Gradients of the outputs with respect to the inputs, without touching <see cref="Tensor.grad"/>.</summary>
        /// <param name="grad_outputs">What each output's gradient is multiplied with; null for scalar outputs: one.</param>
        /// <returns>One tensor an input; where the input was not used and that is allowed, an invalid tensor.</returns>
        public static unsafe IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false)
        {
            var outputHandles = Handles(outputs);
            var inputHandles = Handles(inputs);
            var gradHandles = grad_outputs is null ? null : Handles(grad_outputs);
            RequireAsMany(outputs, grad_outputs);
            var results = new nint[inputs.Count];
            fixed (nint* outputPointer = outputHandles, inputPointer = inputHandles, gradPointer = gradHandles, resultPointer = results)
            {
                NativeTorch.Check(NativeMethods.ib_gradients(
                    outputPointer,
                    gradPointer,
                    outputHandles.Length,
                    inputPointer,
                    inputHandles.Length,
                    retain_graph ? 1 : 0,
                    create_graph ? 1 : 0,
                    allow_unused ? 1 : 0,
                    resultPointer));
            }

            KeepAlive(outputs, inputs, grad_outputs);
            return Array.ConvertAll(results, Tensor.Own);
        }

        /// <summary>Adds the gradients of the tensors into the leaves that they were computed from.</summary>
        public static unsafe void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            var handles = Handles(tensors);
            var gradHandles = grad_tensors is null ? null : Handles(grad_tensors);
            RequireAsMany(tensors, grad_tensors);
            var inputHandles = Handles(inputs ?? []);
            fixed (nint* pointer = handles, gradPointer = gradHandles, inputPointer = inputHandles)
            {
                NativeTorch.Check(NativeMethods.ib_backward(
                    pointer,
                    gradPointer,
                    handles.Length,
                    inputPointer,
                    inputHandles.Length,
                    retain_graph ?? create_graph ? 1 : 0,
                    create_graph ? 1 : 0));
            }

            KeepAlive(tensors, grad_tensors, inputs);
        }

        private static void RequireAsMany(IList<Tensor> tensors, IList<Tensor>? gradients)
        {
            if (gradients is not null && gradients.Count != tensors.Count)
            {
                throw new ArgumentException($"{tensors.Count} tensors need as many gradients, not {gradients.Count}.");
            }
        }

        private static nint[] Handles(IList<Tensor> tensors)
        {
            var handles = new nint[tensors.Count];
            for (var i = 0; i < handles.Length; i++)
            {
                handles[i] = tensors[i].Handle;
            }

            return handles;
        }

        private static void KeepAlive(object first, object? second, object? third)
        {
            GC.KeepAlive(first);
            GC.KeepAlive(second);
            GC.KeepAlive(third);
        }
    }
}
