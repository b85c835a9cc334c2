using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Matrix transpose of the last two axes.</summary>
        public Tensor mT => transpose(-2, -1);

        public Tensor T => Ops.numpy_T.Call(this);

        public Tensor view(params long[] shape) => Ops.view.Call(this, shape);

        public Tensor view(ReadOnlySpan<long> shape) => view(shape.ToArray());

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor reshape(params long[] shape) => Ops.reshape.Call(this, shape);

        public Tensor reshape(ReadOnlySpan<long> shape) => reshape(shape.ToArray());

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Ops.flatten__using_ints.Call(this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes)
        {
            var old = shape;
            var axis = (int)(dim < 0 ? dim + old.Length : dim);
            return view([.. old[..axis], .. sizes, .. old[(axis + 1)..]]);
        }

        public Tensor squeeze(long? dim = null) => dim is { } axis ? Ops.squeeze__dim.Call(this, axis) : Ops.squeeze.Call(this);

        public Tensor unsqueeze(long dim) => Ops.unsqueeze.Call(this, dim);

        public Tensor unsqueeze_(long dim) => InPlace(Ops.unsqueeze_, dim);

        public Tensor squeeze_(long? dim = null) => dim is { } axis ? InPlace(Ops.squeeze___dim, axis) : InPlace(Ops.squeeze_);

        public Tensor transpose(long dim0, long dim1) => Ops.transpose__int.Call(this, dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor t() => Ops.t.Call(this);

        public Tensor permute(params long[] permutation) => Ops.permute.Call(this, permutation);

        public Tensor movedim(long source, long destination) => movedim([source], [destination]);

        public Tensor movedim(long[] source, long[] destination) => Ops.movedim__intlist.Call(this, source, destination);

        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        public Tensor expand(params long[] sizes) => expand(sizes, false);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Ops.expand.Call(this, sizes, isImplicit);

        public Tensor expand_as(Tensor other) => expand(other.shape, false);

        public Tensor broadcast_to(params long[] shape) => Ops.broadcast_to.Call(this, shape);

        public Tensor repeat(params long[] sizes) => Ops.repeat.Call(this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Ops.repeat_interleave__self_int.Call(this, repeats, dim, output_size);

        public Tensor tile(params long[] rep) => Ops.tile.Call(this, rep);

        public Tensor flip(params long[] dims) => Ops.flip.Call(this, dims);

        public Tensor fliplr() => Ops.fliplr.Call(this);

        public Tensor flipud() => Ops.flipud.Call(this);

        public Tensor rot90(long k = 1, (long, long)? dims = null) =>
            Ops.rot90.Call(this, k, dims is { } d ? new[] { d.Item1, d.Item2 } : new[] { 0L, 1L });

        public Tensor roll(long shifts, long? dims = null) => roll([shifts], dims is { } axis ? [axis] : []);

        public Tensor roll(long[] shifts, long[] dims) => Ops.roll.Call(this, shifts, dims);

        public Tensor roll((long, long) shifts, (long, long) dims) =>
            roll([shifts.Item1, shifts.Item2], [dims.Item1, dims.Item2]);

        public Tensor roll((long, long, long) shifts, (long, long, long) dims) =>
            roll([shifts.Item1, shifts.Item2, shifts.Item3], [dims.Item1, dims.Item2, dims.Item3]);

        /// <summary>Windows of the given size along an axis, as a view with one more axis at the end.</summary>
        public Tensor unfold(long dimension, long size, long step) => Ops.unfold.Call(this, dimension, size, step);

        public Tensor as_strided(long[] size, long[] strides, long? storageOffset = null) =>
            Ops.as_strided.Call(this, size, strides, storageOffset);

        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => Ops.diagonal.Call(this, offset, dim1, dim2);

        public Tensor diag(long diagonal = 0) => Ops.diag.Call(this, diagonal);

        public Tensor tril(long diagonal = 0) => Ops.tril.Call(this, diagonal);

        public Tensor triu(long diagonal = 0) => Ops.triu.Call(this, diagonal);
    }
}
