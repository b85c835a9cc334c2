using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor exp(Tensor input) => Ops.exp.Call(input);

    public static Tensor exp_(Tensor input) => input.exp_();

    public static Tensor exp2(Tensor input) => Ops.exp2.Call(input);

    public static Tensor exp2_(Tensor input) => input.exp2_();

    public static Tensor expm1(Tensor input) => Ops.expm1.Call(input);

    public static Tensor expm1_(Tensor input) => input.expm1_();

    public static Tensor log(Tensor input) => Ops.log.Call(input);

    public static Tensor log_(Tensor input) => input.log_();

    public static Tensor log2(Tensor input) => Ops.log2.Call(input);

    public static Tensor log2_(Tensor input) => input.log2_();

    public static Tensor log10(Tensor input) => Ops.log10.Call(input);

    public static Tensor log10_(Tensor input) => input.log10_();

    public static Tensor log1p(Tensor input) => Ops.log1p.Call(input);

    public static Tensor log1p_(Tensor input) => input.log1p_();

    public static Tensor sqrt(Tensor input) => Ops.sqrt.Call(input);

    public static Tensor sqrt_(Tensor input) => input.sqrt_();

    public static Tensor rsqrt(Tensor input) => Ops.rsqrt.Call(input);

    public static Tensor rsqrt_(Tensor input) => input.rsqrt_();

    public static Tensor square(Tensor input) => Ops.square.Call(input);

    public static Tensor square_(Tensor input) => input.square_();

    public static Tensor reciprocal(Tensor input) => Ops.reciprocal.Call(input);

    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();

    public static Tensor sigmoid(Tensor input) => Ops.sigmoid.Call(input);

    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();

    public static Tensor erf(Tensor input) => Ops.erf.Call(input);

    public static Tensor erf_(Tensor input) => input.erf_();

    public static Tensor erfc(Tensor input) => Ops.erfc.Call(input);

    public static Tensor erfc_(Tensor input) => input.erfc_();

    public static Tensor erfinv(Tensor input) => Ops.erfinv.Call(input);

    public static Tensor erfinv_(Tensor input) => input.erfinv_();

    public static Tensor lgamma(Tensor input) => Ops.lgamma.Call(input);

    public static Tensor lgamma_(Tensor input) => input.lgamma_();

    public static Tensor digamma(Tensor input) => Ops.digamma.Call(input);

    public static Tensor digamma_(Tensor input) => input.digamma_();
}
