using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>An affine map of the last axis.</summary>
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        private Parameter? _weight;
        private Parameter? _bias;

        internal Linear(Parameter weight, Parameter? bias)
            : base(nameof(Linear))
        {
            (out_features, in_features) = (weight.shape[0], weight.shape[1]);
            this.weight = weight;
            this.bias = bias;
        }

        public long in_features { get; set; }

        public long out_features { get; set; }

        /// <summary>Outputs, inputs.</summary>
        public Parameter weight
        {
            get => _weight!;
            set => Replace(nameof(weight), ref _weight, value ?? throw new ArgumentNullException(nameof(value)));
        }

        public Parameter? bias
        {
            get => _bias;
            set => Replace(nameof(bias), ref _bias, value);
        }

        public override Tensor forward(Tensor input) => nn.functional.linear(input, weight, bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
            {
                var weight = NewParameter.Empty([outputSize, inputSize], device, dtype);
                init.kaiming_uniform_(weight, Math.Sqrt(5));
                var bias = hasBias ? NewParameter.Empty([outputSize], device, dtype) : null;
                if (bias is not null)
                {
                    var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
                    init.uniform_(bias, -bound, bound);
                }

                return new Linear(weight, bias);
            }

            /// <param name="weight">Outputs, inputs.</param>
            public static Linear Linear(Parameter weight, Parameter? bias = null)
            {
                ArgumentNullException.ThrowIfNull(weight);
                return new Linear(weight, bias);
            }
        }
    }
}
