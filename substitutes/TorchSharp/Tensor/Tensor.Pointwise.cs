using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor pow(Tensor exponent) => Ops.pow__Tensor_Tensor.Call(this, exponent);

        public Tensor pow(Scalar exponent) => Ops.pow__Tensor_Scalar.Call(this, exponent);

        public Tensor pow_(Tensor exponent) => InPlace(Ops.pow___Tensor, exponent);

        public Tensor pow_(Scalar exponent) => InPlace(Ops.pow___Scalar, exponent);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.clamp.Call(this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Ops.clamp__Tensor.Call(this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace(Ops.clamp_, min, max);

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => InPlace(Ops.clamp___Tensor, min, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_max(Scalar max) => Ops.clamp_max.Call(this, max);

        public Tensor clamp_max_(Scalar max) => InPlace(Ops.clamp_max_, max);

        public Tensor clamp_min(Scalar min) => Ops.clamp_min.Call(this, min);

        public Tensor clamp_min_(Scalar min) => InPlace(Ops.clamp_min_, min);

        public Tensor maximum(Tensor other) => Ops.maximum.Call(this, other);

        public Tensor minimum(Tensor other) => Ops.minimum.Call(this, other);

        public Tensor fmax(Tensor other) => Ops.fmax.Call(this, other);

        public Tensor fmin(Tensor other) => Ops.fmin.Call(this, other);

        public Tensor lerp(Tensor end, Tensor weight) => Ops.lerp__Tensor.Call(this, end, weight);

        public Tensor lerp(Tensor end, Scalar weight) => Ops.lerp__Scalar.Call(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => InPlace(Ops.lerp___Tensor, end, weight);

        public Tensor lerp_(Tensor end, Scalar weight) => InPlace(Ops.lerp___Scalar, end, weight);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcmul.Call(this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Ops.addcmul_.Run(this, tensor1, tensor2, value);
            return this;
        }

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.addcdiv.Call(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            Ops.addcdiv_.Run(this, tensor1, tensor2, value);
            return this;
        }

        public Tensor atan2(Tensor other) => Ops.atan2.Call(this, other);

        public Tensor hypot(Tensor other) => Ops.hypot.Call(this, other);

        public Tensor xlogy(Tensor y) => Ops.xlogy__Tensor.Call(this, y);

        public Tensor nan_to_num(double? nan = null, double? posinf = null, double? neginf = null) =>
            Ops.nan_to_num.Call(this, nan, posinf, neginf);

        public Tensor nan_to_num_(double? nan = null, double? posinf = null, double? neginf = null)
        {
            Ops.nan_to_num_.Run(this, nan, posinf, neginf);
            return this;
        }

        public Tensor relu() => Ops.relu.Call(this);

        public Tensor relu_() => InPlace(Ops.relu_);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.softmax__int.Call(this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Ops.log_softmax__int.Call(this, dim, dtype);
    }
}
