using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Ops.eq__Tensor.Call(this, target);

        public Tensor eq(Scalar target) => Ops.eq__Scalar.Call(this, target);

        public Tensor eq_(Tensor target) => InPlace(Ops.eq___Tensor, target);

        public Tensor eq_(Scalar target) => InPlace(Ops.eq___Scalar, target);

        public Tensor ne(Tensor target) => Ops.ne__Tensor.Call(this, target);

        public Tensor ne(Scalar target) => Ops.ne__Scalar.Call(this, target);

        public Tensor ne_(Tensor target) => InPlace(Ops.ne___Tensor, target);

        public Tensor ne_(Scalar target) => InPlace(Ops.ne___Scalar, target);

        public Tensor lt(Tensor target) => Ops.lt__Tensor.Call(this, target);

        public Tensor lt(Scalar target) => Ops.lt__Scalar.Call(this, target);

        public Tensor lt_(Tensor target) => InPlace(Ops.lt___Tensor, target);

        public Tensor lt_(Scalar target) => InPlace(Ops.lt___Scalar, target);

        public Tensor le(Tensor target) => Ops.le__Tensor.Call(this, target);

        public Tensor le(Scalar target) => Ops.le__Scalar.Call(this, target);

        public Tensor le_(Tensor target) => InPlace(Ops.le___Tensor, target);

        public Tensor le_(Scalar target) => InPlace(Ops.le___Scalar, target);

        public Tensor gt(Tensor target) => Ops.gt__Tensor.Call(this, target);

        public Tensor gt(Scalar target) => Ops.gt__Scalar.Call(this, target);

        public Tensor gt_(Tensor target) => InPlace(Ops.gt___Tensor, target);

        public Tensor gt_(Scalar target) => InPlace(Ops.gt___Scalar, target);

        public Tensor ge(Tensor target) => Ops.ge__Tensor.Call(this, target);

        public Tensor ge(Scalar target) => Ops.ge__Scalar.Call(this, target);

        public Tensor ge_(Tensor target) => InPlace(Ops.ge___Tensor, target);

        public Tensor ge_(Scalar target) => InPlace(Ops.ge___Scalar, target);

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);

        public Tensor bitwise_and(Tensor other) => Ops.bitwise_and__Tensor.Call(this, other);

        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        public Tensor bitwise_or(Tensor other) => Ops.bitwise_or__Tensor.Call(this, other);

        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);

        public Tensor bitwise_xor(Tensor other) => Ops.bitwise_xor__Tensor.Call(this, other);

        public Tensor logical_and(Tensor other) => Ops.logical_and.Call(this, other);

        public Tensor logical_or(Tensor other) => Ops.logical_or.Call(this, other);

        public Tensor logical_xor(Tensor other) => Ops.logical_xor.Call(this, other);

        public static Tensor operator ~(Tensor tensor) => tensor.bitwise_not();

        public Tensor bitwise_not() => Ops.bitwise_not.Call(this);

        /// <summary>Whether both have the same shape and elements.</summary>
        public bool equal(Tensor target) => Ops.equal.CallBool(this, target);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Ops.allclose.CallBool(this, target, rtol, atol, equal_nan);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Ops.isclose.Call(this, other, rtol, atol, nanEqual);

        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
