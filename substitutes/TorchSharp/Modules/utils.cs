using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            private const double Epsilon = 1e-6;

            /// <summary>Scales gradients down, in place, where their common norm is above a bound.</summary>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2.0)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var scope = NewDisposeScope();
                using var grad = no_grad();
                Tensor[] gradients = [.. tensors.Select(tensor => tensor.grad).OfType<Tensor>()];
                if (gradients.Length == 0)
                {
                    return 0;
                }

                var norms = stack(Ops._foreach_norm__Scalar.CallList(gradients, norm_type));
                var norm = Ops.linalg_vector_norm.Call(norms, norm_type).ToDouble();
                var factor = max_norm / (norm + Epsilon);
                if (!(factor >= 1))
                {
                    Ops._foreach_mul___Scalar.Run(gradients, factor);
                }

                return norm;
            }

            /// <summary>Clamps every element of the gradients, in place.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                ArgumentNullException.ThrowIfNull(tensors);
                using var grad = no_grad();
                foreach (var tensor in tensors)
                {
                    using var gradient = tensor.grad;
                    gradient?.clamp_(-clip_value, clip_value);
                }
            }
        }
    }
}
