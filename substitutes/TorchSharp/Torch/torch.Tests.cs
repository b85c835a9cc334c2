using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor isnan(Tensor input) => Ops.isnan.Call(input);

    public static Tensor isinf(Tensor input) => Ops.isinf.Call(input);

    public static Tensor isfinite(Tensor input) => Ops.isfinite.Call(input);

    public static Tensor isposinf(Tensor input) => Ops.isposinf.Call(input);

    public static Tensor isneginf(Tensor input) => Ops.isneginf.Call(input);

    public static Tensor logical_not(Tensor input) => Ops.logical_not.Call(input);

    public static Tensor logical_not_(Tensor input) => input.logical_not_();
}
