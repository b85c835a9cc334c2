using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Instance normalisation of (batch, channels, height, width), the batch optional.</summary>
    public sealed class InstanceNorm2d : InstanceNorm
    {
        internal InstanceNorm2d(NormOptions options)
            : base(options, nameof(InstanceNorm2d))
        {
        }

        private protected override int BatchedDimensions => 4;

        protected override void ValidateInputDimensions(Tensor input) => CheckDimensions(input, 3, 4);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <param name="num_features">Channels.</param>
            public static InstanceNorm2d InstanceNorm2d(
                long num_features,
                double eps = 1e-05,
                double momentum = 0.1,
                bool affine = false,
                bool track_running_stats = false,
                Device? device = null,
                ScalarType? dtype = null) =>
                new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, device, dtype));
        }
    }
}
