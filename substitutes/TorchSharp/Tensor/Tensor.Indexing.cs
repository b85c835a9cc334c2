using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A view of part of the tensor, or a copy where an index is a tensor; setting copies values in.</summary>
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => Ops.index__Tensor.Call(this, Argument.OptionalTensors(indices));
            set => Ops.index_put_.Run(this, Argument.OptionalTensors(indices), value);
        }

        public Tensor this[long i1]
        {
            get => index(i1);
            set => index_put_(value, i1);
        }

        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => index_put_(value, i1, i2);
        }

        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => index_put_(value, i1, i2, i3);
        }

        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => index(i1, i2, i3, i4);
            set => index_put_(value, i1, i2, i3, i4);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var (view, advanced) = Basic(indices);
            if (advanced is null)
            {
                return view;
            }

            using (view)
            {
                return Ops.index__Tensor.Call(view, Argument.OptionalTensors(advanced));
            }
        }

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var (view, advanced) = Basic(indices);
            using (view)
            {
                if (advanced is null)
                {
                    view.CopyWithoutLeadingOnes(value);
                }
                else
                {
                    Ops.index_put_.Run(view, Argument.OptionalTensors(advanced), value);
                }
            }

            return this;
        }

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var tensor = full([], value, dtype, device);
            return index_put_(tensor, indices);
        }

        /// <summary>Applies everything but tensors, which are returned in the place of the axis that they index.</summary>
        private (Tensor View, Tensor?[]? Advanced) Basic(TensorIndex[] indices)
        {
            var view = alias();
            Tensor?[]? advanced = null;
            var axis = 0;
            for (var i = 0; i < indices.Length; i++)
            {
                var entry = indices[i];
                var next = view;
                switch (entry.Kind)
                {
                    case TensorIndex.IndexKind.Single:
                        next = view.select(axis, entry.Start!.Value);
                        break;
                    case TensorIndex.IndexKind.Slice:
                        next = Ops.slice__Tensor.Call(view, (long)axis++, entry.Start, entry.Stop, entry.Step ?? 1);
                        break;
                    case TensorIndex.IndexKind.None:
                        next = view.unsqueeze(axis++);
                        break;
                    case TensorIndex.IndexKind.Bool:
                        using (var one = view.unsqueeze(axis))
                        {
                            next = one.narrow(axis++, 0, entry.Start!.Value);
                        }

                        break;
                    case TensorIndex.IndexKind.Ellipsis:
                        axis = (int)view.ndim - indices[(i + 1)..].Sum(AxesTaken);
                        break;
                    default:
                        advanced ??= new Tensor?[view.ndim + indices.Length];
                        advanced[axis] = entry.Indices;
                        axis += AxesTaken(entry);
                        break;
                }

                if (!ReferenceEquals(next, view))
                {
                    view.Dispose();
                    view = next;
                }
            }

            return (view, advanced is null ? null : Compact(advanced));
        }

        // A Boolean mask takes as many axes as it has, but is one entry of the list that libtorch gets.
        private static Tensor?[] Compact(Tensor?[] byAxis)
        {
            var list = new List<Tensor?>();
            var last = Array.FindLastIndex(byAxis, tensor => tensor is not null);
            for (var axis = 0; axis <= last;)
            {
                list.Add(byAxis[axis]);
                axis += byAxis[axis] is { } tensor ? AxesTaken(TensorIndex.Tensor(tensor)) : 1;
            }

            return [.. list];
        }

        private static int AxesTaken(TensorIndex entry) => entry.Kind switch
        {
            TensorIndex.IndexKind.Single or TensorIndex.IndexKind.Slice => 1,
            TensorIndex.IndexKind.Tensor => entry.Indices!.dtype == ScalarType.Bool ? Math.Max(1, (int)entry.Indices.ndim) : 1,
            _ => 0,
        };

        private void CopyWithoutLeadingOnes(Tensor value)
        {
            var excess = (int)(value.ndim - ndim);
            if (excess <= 0 || value.shape[..excess].Any(size => size != 1))
            {
                copy_(value);
                return;
            }

            using var reshaped = value.reshape(value.shape[excess..]);
            copy_(reshaped);
        }
    }
}
