using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor sin(Tensor input) => Ops.sin.Call(input);

    public static Tensor sin_(Tensor input) => input.sin_();

    public static Tensor cos(Tensor input) => Ops.cos.Call(input);

    public static Tensor cos_(Tensor input) => input.cos_();

    public static Tensor tan(Tensor input) => Ops.tan.Call(input);

    public static Tensor tan_(Tensor input) => input.tan_();

    public static Tensor asin(Tensor input) => Ops.asin.Call(input);

    public static Tensor asin_(Tensor input) => input.asin_();

    public static Tensor acos(Tensor input) => Ops.acos.Call(input);

    public static Tensor acos_(Tensor input) => input.acos_();

    public static Tensor atan(Tensor input) => Ops.atan.Call(input);

    public static Tensor atan_(Tensor input) => input.atan_();

    public static Tensor sinh(Tensor input) => Ops.sinh.Call(input);

    public static Tensor sinh_(Tensor input) => input.sinh_();

    public static Tensor cosh(Tensor input) => Ops.cosh.Call(input);

    public static Tensor cosh_(Tensor input) => input.cosh_();

    public static Tensor tanh(Tensor input) => Ops.tanh.Call(input);

    public static Tensor tanh_(Tensor input) => input.tanh_();

    public static Tensor asinh(Tensor input) => Ops.asinh.Call(input);

    public static Tensor asinh_(Tensor input) => input.asinh_();

    public static Tensor acosh(Tensor input) => Ops.acosh.Call(input);

    public static Tensor acosh_(Tensor input) => input.acosh_();

    public static Tensor atanh(Tensor input) => Ops.atanh.Call(input);

    public static Tensor atanh_(Tensor input) => input.atanh_();

    public static Tensor sinc(Tensor input) => Ops.sinc.Call(input);

    public static Tensor sinc_(Tensor input) => input.sinc_();

    public static Tensor deg2rad(Tensor input) => Ops.deg2rad.Call(input);

    public static Tensor deg2rad_(Tensor input) => input.deg2rad_();

    public static Tensor rad2deg(Tensor input) => Ops.rad2deg.Call(input);

    public static Tensor rad2deg_(Tensor input) => input.rad2deg_();
}
