using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Ops.abs.Call(this);

        public Tensor abs_() => InPlace(Ops.abs_);

        public Tensor neg() => Ops.neg.Call(this);

        public Tensor neg_() => InPlace(Ops.neg_);

        public Tensor sign() => Ops.sign.Call(this);

        public Tensor sign_() => InPlace(Ops.sign_);

        public Tensor sgn() => Ops.sgn.Call(this);

        public Tensor sgn_() => InPlace(Ops.sgn_);

        public Tensor floor() => Ops.floor.Call(this);

        public Tensor floor_() => InPlace(Ops.floor_);

        public Tensor ceil() => Ops.ceil.Call(this);

        public Tensor ceil_() => InPlace(Ops.ceil_);

        public Tensor trunc() => Ops.trunc.Call(this);

        public Tensor trunc_() => InPlace(Ops.trunc_);

        public Tensor frac() => Ops.frac.Call(this);

        public Tensor frac_() => InPlace(Ops.frac_);

        public Tensor round() => Ops.round.Call(this);

        public Tensor round(long decimals) => Ops.round__decimals.Call(this, decimals);

        public Tensor round_() => InPlace(Ops.round_);

        public Tensor round_(long decimals)
        {
            Ops.round___decimals.Run(this, decimals);
            return this;
        }

        public Tensor negative() => neg();

        public Tensor absolute() => abs();
    }
}
