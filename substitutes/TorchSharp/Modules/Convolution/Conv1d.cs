using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A convolution over one axis.</summary>
    public sealed class Conv1d : Convolution
    {
        internal Conv1d(ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
            : base(nameof(Conv1d), shape, bias, padding_mode, device, dtype)
        {
        }

        /// <param name="input">Batch (optional), channels, then one axis.</param>
        public override Tensor forward(Tensor input) => Run(input, (x, w, b, strides, padding, dilation, groups) =>
        nn.functional.conv1d(x, w, b, strides![0], padding![0], dilation![0], groups));
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv1d Conv1d(
                long in_channels,
                long out_channels,
                long kernel_size,
                long stride = 1,
                long padding = 0,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null)
            {
                var shape = new ConvolutionShape(
                    in_channels, out_channels, Axes.Of(kernel_size), Axes.Of(stride), Axes.Of(dilation), groups)
                {
                    Padding = Axes.Of(padding),
                };
                return new Conv1d(shape, bias, padding_mode, device, dtype);
            }

            /// <param name="padding">Valid: none; same: as much as keeps the size.</param>
            public static Conv1d Conv1d(
                long in_channels,
                long out_channels,
                long kernel_size,
                Padding padding,
                long stride = 1,
                long dilation = 1,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null)
            {
                var shape = new ConvolutionShape(
                    in_channels, out_channels, Axes.Of(kernel_size), Axes.Of(stride), Axes.Of(dilation), groups)
                {
                    PaddingType = padding,
                };
                return new Conv1d(shape, bias, padding_mode, device, dtype);
            }
        }
    }
}
