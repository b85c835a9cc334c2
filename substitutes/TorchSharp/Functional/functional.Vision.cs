using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Samples the input where the grid says: (x, y) or (x, y, z) from -1 to 1 in the grid's last axis.</summary>
            /// <param name="align_corners">Whether -1 and 1 are the centres of the outer samples, or their outer borders.</param>
            public static Tensor grid_sample(
                Tensor input,
                Tensor grid,
                GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros,
                bool? align_corners = null)
            {
                // ATen: interpolation 0 bilinear, 1 nearest; padding 0 zeros, 1 border, 2 reflection.
                long interpolation = mode == GridSampleMode.Bilinear ? 0 : 1;
                long padding = padding_mode switch
                {
                    GridSamplePaddingMode.Zeros => 0,
                    GridSamplePaddingMode.Border => 1,
                    _ => 2,
                };
                return Ops.grid_sampler.Call(input, grid, interpolation, padding, align_corners ?? false);
            }

            /// <param name="theta">Affine matrices: batch, 2, 3 or batch, 3, 4.</param>
            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false) =>
                Ops.affine_grid_generator.Call(theta, size ?? [], align_corners);

            /// <summary>Resamples to a size, or by a factor, along all axes after batch and channels.</summary>
            public static Tensor interpolate(
                Tensor x,
                long[]? size = null,
                double[]? scale_factor = null,
                InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null,
                bool recompute_scale_factor = false)
            {
                ArgumentNullException.ThrowIfNull(x);
                var axes = (int)x.ndim - 2;
                if (size is null == scale_factor is null)
                {
                    throw new ArgumentException("Exactly one of size and scale_factor must be given.");
                }

                if (scale_factor is not null)
                {
                    scale_factor = scale_factor.Length == 1 && axes > 1 ? [.. Enumerable.Repeat(scale_factor[0], axes)] : scale_factor;
                    if (recompute_scale_factor || mode == InterpolationMode.Area)
                    {
                        var shape = x.shape;
                        size = [.. scale_factor.Select((factor, axis) => (long)Math.Floor(shape[axis + 2] * factor))];
                        scale_factor = null;
                    }
                }

                return (mode, axes) switch
                {
                    (InterpolationMode.Nearest, 1) => Ops.upsample_nearest1d__vec.Call(x, size, scale_factor),
                    (InterpolationMode.Nearest, 2) => Ops.upsample_nearest2d__vec.Call(x, size, scale_factor),
                    (InterpolationMode.Nearest, 3) => Ops.upsample_nearest3d__vec.Call(x, size, scale_factor),
                    (InterpolationMode.Linear, 1) => Ops.upsample_linear1d__vec.Call(x, size, align_corners ?? false, scale_factor),
                    (InterpolationMode.Bilinear, 2) => Ops.upsample_bilinear2d__vec.Call(x, size, align_corners ?? false, scale_factor),
                    (InterpolationMode.Bicubic, 2) => Ops.upsample_bicubic2d__vec.Call(x, size, align_corners ?? false, scale_factor),
                    (InterpolationMode.Trilinear, 3) => Ops.upsample_trilinear3d__vec.Call(x, size, align_corners ?? false, scale_factor),
                    (InterpolationMode.Area, 1) => Ops.adaptive_avg_pool1d.Call(x, size),
                    (InterpolationMode.Area, 2) => Ops.adaptive_avg_pool2d.Call(x, size),
                    (InterpolationMode.Area, 3) => Ops.adaptive_avg_pool3d.Call(x, size),
                    _ => throw new ArgumentException($"{mode} does not apply to a tensor of {axes + 2} dimensions."),
                };
            }
        }
    }
}
