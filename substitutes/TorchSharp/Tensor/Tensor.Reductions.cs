using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <remarks>
        /// As in the package, the literal 0 is taken for an element type here, not for an axis: write <c>sum(0L)</c> or
        /// <c>sum([0])</c> to reduce the first axis. The same holds for <see cref="prod(ScalarType?)"/>.
        /// </remarks>
        public Tensor sum(ScalarType? type = null) => Ops.sum.Call(this, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Ops.sum__dim_IntList.Call(this, dim, keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.sum__dim_IntList.Call(this, dim.ToArray(), keepdim, type);

        public Tensor nansum() => Ops.nansum.Call(this);

        public Tensor mean() => Ops.mean.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Ops.mean__dim.Call(this, dimensions, keepdim, type);

        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
            Ops.nanmean.Call(this, dim is { } axis ? new long[] { axis } : Argument.None, keepdim, dtype);

        public Tensor prod(ScalarType? type = null) => Ops.prod.Call(this, type);

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Ops.prod__dim_int.Call(this, dim, keepdim, type);

        /// <param name="unbiased">Divide by one less than the number of elements.</param>
        public Tensor std(bool unbiased = true) => Ops.std.Call(this, unbiased);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        public Tensor std(long[] dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std__dim.Call(this, dim, unbiased, keepdim).Converted(type);

        public Tensor std(ReadOnlySpan<long> dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(dim.ToArray(), unbiased, keepdim, type);

        public Tensor var(bool unbiased = true) => Ops.var.Call(this, unbiased);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        public Tensor var(long[] dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var__dim.Call(this, dim, unbiased, keepdim).Converted(type);

        public Tensor var(ReadOnlySpan<long> dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(dim.ToArray(), unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Ops.std_mean.CallPair(this, unbiased);

        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std_mean__dim.CallPair(type is null ? this : to_type(type.Value), dimensions, unbiased, keepdim);

        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => Ops.var_mean.CallPair(this, unbiased);

        public (Tensor @var, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var_mean__dim.CallPair(type is null ? this : to_type(type.Value), dimensions, unbiased, keepdim);

        public Tensor norm(float p = 2.0f) => Ops.norm__Scalar.Call(this, (double)p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) =>
            Ops.norm__ScalarOpt_dim.Call(this, (double)p, new long[] { dim }, keepdim);

        public Tensor logsumexp(long dim, bool keepdim = false) => Ops.logsumexp.Call(this, new[] { dim }, keepdim);

        public Tensor any() => Ops.any.Call(this);

        public Tensor any(long dim, bool keepdim = false) => Ops.any__dim.Call(this, dim, keepdim);

        public Tensor all() => Ops.all.Call(this);

        public Tensor all(long dim, bool keepdim = false) => Ops.all__dim.Call(this, dim, keepdim);

        public Tensor count_nonzero(long[]? dims = null) =>
            dims is null ? Ops.count_nonzero.Call(this) : Ops.count_nonzero__dim_IntList.Call(this, dims);

        public Tensor cumsum(long dim, ScalarType? type = null) => Ops.cumsum.Call(this, dim, type);

        public Tensor cumprod(long dim, ScalarType? type = null) => Ops.cumprod.Call(this, dim, type);

        private Tensor Converted(ScalarType? type)
        {
            if (type is null || type == dtype)
            {
                return this;
            }

            using (this)
            {
                return to_type(type.Value);
            }
        }
    }
}
