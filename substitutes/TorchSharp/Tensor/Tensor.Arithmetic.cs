using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        public static Tensor operator -(Scalar left, Tensor right) => Ops.rsub__Scalar.Call(right, left);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        public static Tensor operator /(Scalar left, Tensor right)
        {
            using var inverse = right.reciprocal();
            return inverse.mul(left);
        }

        public static Tensor operator %(Tensor left, Tensor right) => left.remainder(right);

        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);

        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator +(Tensor tensor) => tensor.alias();

        public Tensor add(Tensor target) => Ops.add__Tensor.Call(this, target);

        public Tensor add(Tensor target, Scalar alpha) => Ops.add__Tensor.Call(this, target, alpha);

        public Tensor add(Scalar scalar) => Ops.add__Scalar.Call(this, scalar);

        public Tensor add(Scalar scalar, Scalar alpha) => Ops.add__Scalar.Call(this, scalar, alpha);

        public Tensor add_(Tensor target) => InPlace(Ops.add___Tensor, target);

        public Tensor add_(Tensor target, Scalar alpha) => InPlace(Ops.add___Tensor, target, alpha);

        public Tensor add_(Scalar scalar) => InPlace(Ops.add___Scalar, scalar);

        public Tensor add_(Scalar scalar, Scalar alpha) => InPlace(Ops.add___Scalar, scalar, alpha);

        public Tensor sub(Tensor target) => Ops.sub__Tensor.Call(this, target);

        public Tensor sub(Tensor target, Scalar alpha) => Ops.sub__Tensor.Call(this, target, alpha);

        public Tensor sub(Scalar scalar) => Ops.sub__Scalar.Call(this, scalar);

        public Tensor sub_(Tensor target) => InPlace(Ops.sub___Tensor, target);

        public Tensor sub_(Tensor target, Scalar alpha) => InPlace(Ops.sub___Tensor, target, alpha);

        public Tensor sub_(Scalar scalar) => InPlace(Ops.sub___Scalar, scalar);

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar scalar) => sub(scalar);

        public Tensor mul(Tensor target) => Ops.mul__Tensor.Call(this, target);

        public Tensor mul(Scalar scalar) => Ops.mul__Scalar.Call(this, scalar);

        public Tensor mul_(Tensor target) => InPlace(Ops.mul___Tensor, target);

        public Tensor mul_(Scalar scalar) => InPlace(Ops.mul___Scalar, scalar);

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar scalar) => mul(scalar);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Ops.div__Tensor.Call(this, target)
                : Ops.div__Tensor_mode.Call(this, target, RoundingName(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Ops.div__Scalar.Call(this, target)
                : Ops.div__Scalar_mode.Call(this, target, RoundingName(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace(Ops.div___Tensor_mode, target, RoundingName(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace(Ops.div___Scalar_mode, target, RoundingName(rounding_mode));

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor true_divide(Tensor other) => div(other);

        public Tensor floor_divide(Tensor other) => Ops.floor_divide.Call(this, other);

        public Tensor floor_divide(Scalar other) => Ops.floor_divide__Scalar.Call(this, other);

        public Tensor remainder(Tensor other) => Ops.remainder__Tensor.Call(this, other);

        public Tensor remainder(Scalar other) => Ops.remainder__Scalar.Call(this, other);

        public Tensor fmod(Tensor other) => Ops.fmod__Tensor.Call(this, other);

        public Tensor fmod(Scalar other) => Ops.fmod__Scalar.Call(this, other);

        private static string? RoundingName(RoundingMode mode) => mode switch
        {
            RoundingMode.None => null,
            RoundingMode.trunc => "trunc",
            RoundingMode.floor => "floor",
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Expected None, trunc or floor."),
        };
    }
}
