using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor abs(Tensor input) => Ops.abs.Call(input);

    public static Tensor abs_(Tensor input) => input.abs_();

    public static Tensor neg(Tensor input) => Ops.neg.Call(input);

    public static Tensor neg_(Tensor input) => input.neg_();

    public static Tensor sign(Tensor input) => Ops.sign.Call(input);

    public static Tensor sign_(Tensor input) => input.sign_();

    public static Tensor sgn(Tensor input) => Ops.sgn.Call(input);

    public static Tensor sgn_(Tensor input) => input.sgn_();

    public static Tensor floor(Tensor input) => Ops.floor.Call(input);

    public static Tensor floor_(Tensor input) => input.floor_();

    public static Tensor ceil(Tensor input) => Ops.ceil.Call(input);

    public static Tensor ceil_(Tensor input) => input.ceil_();

    public static Tensor trunc(Tensor input) => Ops.trunc.Call(input);

    public static Tensor trunc_(Tensor input) => input.trunc_();

    public static Tensor frac(Tensor input) => Ops.frac.Call(input);

    public static Tensor frac_(Tensor input) => input.frac_();

    public static Tensor round(Tensor input) => input.round();

    public static Tensor round(Tensor input, long decimals) => input.round(decimals);
}
