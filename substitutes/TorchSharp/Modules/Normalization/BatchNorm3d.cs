using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Batch normalisation of (batch, channels, depth, height, width).</summary>
    public sealed class BatchNorm3d : BatchNorm
    {
        internal BatchNorm3d(NormOptions options)
            : base(options, nameof(BatchNorm3d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input) => CheckDimensions(input, 5);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <param name="num_features">Channels.</param>
            public static BatchNorm3d BatchNorm3d(
                long num_features,
                double eps = 1e-05,
                double momentum = 0.1,
                bool affine = true,
                bool track_running_stats = true,
                Device? device = null,
                ScalarType? dtype = null) =>
                new(new NormOptions(num_features, eps, momentum, affine, track_running_stats, device, dtype));
        }
    }
}
