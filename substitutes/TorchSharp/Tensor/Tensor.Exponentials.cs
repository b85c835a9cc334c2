using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private Tensor InPlace(Operator op)
        {
            op.Run(this);
            return this;
        }

        private Tensor InPlace(Operator op, Argument argument)
        {
            op.Run(this, argument);
            return this;
        }

        private Tensor InPlace(Operator op, Argument first, Argument second)
        {
            op.Run(this, first, second);
            return this;
        }

        public Tensor exp() => Ops.exp.Call(this);

        public Tensor exp_() => InPlace(Ops.exp_);

        public Tensor exp2() => Ops.exp2.Call(this);

        public Tensor exp2_() => InPlace(Ops.exp2_);

        public Tensor expm1() => Ops.expm1.Call(this);

        public Tensor expm1_() => InPlace(Ops.expm1_);

        public Tensor log() => Ops.log.Call(this);

        public Tensor log_() => InPlace(Ops.log_);

        public Tensor log2() => Ops.log2.Call(this);

        public Tensor log2_() => InPlace(Ops.log2_);

        public Tensor log10() => Ops.log10.Call(this);

        public Tensor log10_() => InPlace(Ops.log10_);

        public Tensor log1p() => Ops.log1p.Call(this);

        public Tensor log1p_() => InPlace(Ops.log1p_);

        public Tensor sqrt() => Ops.sqrt.Call(this);

        public Tensor sqrt_() => InPlace(Ops.sqrt_);

        public Tensor rsqrt() => Ops.rsqrt.Call(this);

        public Tensor rsqrt_() => InPlace(Ops.rsqrt_);

        public Tensor square() => Ops.square.Call(this);

        public Tensor square_() => InPlace(Ops.square_);

        public Tensor reciprocal() => Ops.reciprocal.Call(this);

        public Tensor reciprocal_() => InPlace(Ops.reciprocal_);

        public Tensor sigmoid() => Ops.sigmoid.Call(this);

        public Tensor sigmoid_() => InPlace(Ops.sigmoid_);

        public Tensor erf() => Ops.erf.Call(this);

        public Tensor erf_() => InPlace(Ops.erf_);

        public Tensor erfc() => Ops.erfc.Call(this);

        public Tensor erfc_() => InPlace(Ops.erfc_);

        public Tensor erfinv() => Ops.erfinv.Call(this);

        public Tensor erfinv_() => InPlace(Ops.erfinv_);

        public Tensor lgamma() => Ops.lgamma.Call(this);

        public Tensor lgamma_() => InPlace(Ops.lgamma_);

        public Tensor digamma() => Ops.digamma.Call(this);

        public Tensor digamma_() => InPlace(Ops.digamma_);
    }
}
