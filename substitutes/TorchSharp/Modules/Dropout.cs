using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Zeroes elements at random while training, and scales the others up.</summary>
    public sealed class Dropout : nn.Module<Tensor, Tensor>
    {
        internal Dropout(double p, bool inplace)
            : base(nameof(Dropout)) => (this.p, this.inplace) = (p, inplace);

        public double p { get; set; }

        public bool inplace { get; set; }

        public override Tensor forward(Tensor input) => nn.functional.dropout(input, p, training, inplace);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <param name="p">Probability of an element to be zeroed (0-1).</param>
            public static Dropout Dropout(double p = 0.5, bool inplace = false) =>
                p is >= 0 and <= 1 ? new(p, inplace) : throw new ArgumentException($"A probability is 0 to 1, not {p}.", nameof(p));
        }
    }
}
