using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sin() => Ops.sin.Call(this);

        public Tensor sin_() => InPlace(Ops.sin_);

        public Tensor cos() => Ops.cos.Call(this);

        public Tensor cos_() => InPlace(Ops.cos_);

        public Tensor tan() => Ops.tan.Call(this);

        public Tensor tan_() => InPlace(Ops.tan_);

        public Tensor asin() => Ops.asin.Call(this);

        public Tensor asin_() => InPlace(Ops.asin_);

        public Tensor acos() => Ops.acos.Call(this);

        public Tensor acos_() => InPlace(Ops.acos_);

        public Tensor atan() => Ops.atan.Call(this);

        public Tensor atan_() => InPlace(Ops.atan_);

        public Tensor sinh() => Ops.sinh.Call(this);

        public Tensor sinh_() => InPlace(Ops.sinh_);

        public Tensor cosh() => Ops.cosh.Call(this);

        public Tensor cosh_() => InPlace(Ops.cosh_);

        public Tensor tanh() => Ops.tanh.Call(this);

        public Tensor tanh_() => InPlace(Ops.tanh_);

        public Tensor asinh() => Ops.asinh.Call(this);

        public Tensor asinh_() => InPlace(Ops.asinh_);

        public Tensor acosh() => Ops.acosh.Call(this);

        public Tensor acosh_() => InPlace(Ops.acosh_);

        public Tensor atanh() => Ops.atanh.Call(this);

        public Tensor atanh_() => InPlace(Ops.atanh_);

        public Tensor sinc() => Ops.sinc.Call(this);

        public Tensor sinc_() => InPlace(Ops.sinc_);

        public Tensor deg2rad() => Ops.deg2rad.Call(this);

        public Tensor deg2rad_() => InPlace(Ops.deg2rad_);

        public Tensor rad2deg() => Ops.rad2deg.Call(this);

        public Tensor rad2deg_() => InPlace(Ops.rad2deg_);
    }
}
