using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private static readonly Operator Detach = new("detach");
        private static readonly Operator DetachInPlace = new("detach_");

        public bool requires_grad
        {
            get
            {
                var result = NativeMethods.ib_tensor_requires_grad(Handle) != 0;
                GC.KeepAlive(this);
                return result;
            }

            set
            {
                NativeTorch.Check(NativeMethods.ib_tensor_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public bool is_leaf
        {
            get
            {
                var result = NativeMethods.ib_tensor_is_leaf(Handle) != 0;
                GC.KeepAlive(this);
                return result;
            }
        }

        /// <summary>The accumulated gradient as a new tensor object, or null while there is none; null clears it.</summary>
        public Tensor? grad
        {
            get
            {
                NativeTorch.Check(NativeMethods.ib_tensor_grad(Handle, out var gradient));
                GC.KeepAlive(this);
                return gradient == 0 ? null : Own(gradient);
            }

            set
            {
                NativeTorch.Check(NativeMethods.ib_tensor_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Lets a tensor that is no leaf keep its gradient.</summary>
        public void retain_grad()
        {
            NativeTorch.Check(NativeMethods.ib_tensor_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>The same values, cut off from the graph.</summary>
        public Tensor detach() => Detach.Call(this);

        public Tensor detach_()
        {
            DetachInPlace.Run(this);
            return this;
        }

        /// <summary>Makes this object's native tensor hold other values, of any type, shape and device.</summary>
        internal void ReplaceData(Tensor values)
        {
            NativeTorch.Check(NativeMethods.ib_tensor_set_data(Handle, values.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(values);
        }

        /// <summary>Adds the gradients of this tensor into the leaves that it was computed from.</summary>
        public void backward(
            IList<Tensor>? grad_tensors = null, bool create_graph = false, bool retain_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }
}
