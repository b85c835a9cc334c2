using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A convolution over two axes.</summary>
    public sealed class Conv2d : Convolution
    {
        internal Conv2d(ConvolutionShape shape, bool bias, PaddingModes padding_mode, Device? device, ScalarType? dtype)
            : base(nameof(Conv2d), shape, bias, padding_mode, device, dtype)
        {
        }

        /// <param name="input">Batch (optional), channels, then two axes.</param>
        public override Tensor forward(Tensor input) => Run(input, nn.functional.conv2d);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Conv2d Conv2d(
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
                ScalarType? dtype = null) =>
                Conv2d(in_channels, out_channels, (kernel_size, kernel_size), (stride, stride), (padding, padding), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            /// <param name="padding">Valid: none; same: as much as keeps the size.</param>
            public static Conv2d Conv2d(
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
                ScalarType? dtype = null) =>
                Conv2d(in_channels, out_channels, (kernel_size, kernel_size), padding, (stride, stride), (dilation, dilation), padding_mode, groups, bias, device, dtype);

            public static Conv2d Conv2d(
                long in_channels,
                long out_channels,
                (long, long) kernel_size,
                (long, long)? stride = null,
                (long, long)? padding = null,
                (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null)
            {
                var shape = new ConvolutionShape(
                    in_channels, out_channels, Axes.Of(kernel_size), Axes.Of(stride ?? (1, 1)), Axes.Of(dilation ?? (1, 1)), groups)
                {
                    Padding = Axes.Of(padding ?? (0, 0)),
                };
                return new Conv2d(shape, bias, padding_mode, device, dtype);
            }

            /// <param name="padding">Valid: none; same: as much as keeps the size.</param>
            public static Conv2d Conv2d(
                long in_channels,
                long out_channels,
                (long, long) kernel_size,
                Padding padding,
                (long, long)? stride = null,
                (long, long)? dilation = null,
                PaddingModes padding_mode = PaddingModes.Zeros,
                long groups = 1,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null)
            {
                var shape = new ConvolutionShape(
                    in_channels, out_channels, Axes.Of(kernel_size), Axes.Of(stride ?? (1, 1)), Axes.Of(dilation ?? (1, 1)), groups)
                {
                    PaddingType = padding,
                };
                return new Conv2d(shape, bias, padding_mode, device, dtype);
            }
        }
    }
}
