using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Batch normalisation of (batch, channels) or (batch, channels, length).</summary>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(NormOptions options)
            : base(options, nameof(BatchNorm1d))
        {
        }

        protected override void ValidateInputDimensions(Tensor input) => CheckDimensions(input, 2, 3);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <param name="num_features">Channels.</param>
            public static BatchNorm1d BatchNorm1d(
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
