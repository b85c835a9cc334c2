using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor real => Ops.real.Call(this);

        public Tensor imag => Ops.imag.Call(this);

        public Tensor angle() => Ops.angle.Call(this);

        public Tensor conj() => Ops.conj.Call(this);

        public Tensor conj_physical() => Ops.conj_physical.Call(this);

        public Tensor resolve_conj() => Ops.resolve_conj.Call(this);

        /// <summary>
        /// The same tensor with its elements in memory, where it is a lazily negated view (such as the imaginary part of a
        /// conjugate), whose memory cannot be read otherwise.
        /// </summary>
        public Tensor resolve_neg() => Ops.resolve_neg.Call(this);

        /// <summary>A complex tensor as a real one with a last axis of two.</summary>
        public Tensor view_as_real() => Ops.view_as_real.Call(this);

        public Tensor view_as_complex() => Ops.view_as_complex.Call(this);
    }
}
