using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>Samples images where displacements lead, bilinearly, with gradients to both.</summary>
internal static class FeatureWarp
{
    /// <summary>The image at p + flow(p); what lies beyond it is its nearest pixel.</summary>
    /// <param name="image">(N, C, Y, X).</param>
    /// <param name="flow">(N, 2, Y, X), in px of this image: along y, then along x.</param>
    /// <returns>(N, C, Y, X).</returns>
    public static Tensor Sample(Tensor image, Tensor flow)
    {
        using var scope = NewDisposeScope();

        // −1 and 1 are the centres of the outermost pixels; the grid has x first.
        Tensor Axis(int channel, int dimension)
        {
            var size = flow.shape[dimension];
            var shape = new long[] { 1, 1, 1 };
            shape[dimension - 1] = size;
            var scale = 2.0 / Math.Max(1, size - 1);
            return flow.select(1, channel).add(arange(0, size, 1, flow.dtype, flow.device).reshape(shape)).mul(scale).sub(1);
        }

        var grid = stack([Axis(1, 3), Axis(0, 2)], -1);
        return nn.functional.grid_sample(image, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: true).MoveToOuterDisposeScope();
    }

    /// <summary>1 where p + flow(p) lies in the image, else 0; without gradients.</summary>
    /// <param name="flow">(N, 2, Y, X), in px.</param>
    /// <returns>(N, 1, Y, X).</returns>
    public static Tensor Inside(Tensor flow) => Inside(flow, FlowBounds.Of(flow.shape[2], flow.shape[3]));

    /// <summary>1 where p + flow(p) lies within bounds, else 0; without gradients.</summary>
    /// <param name="flow">(N, 2, Y, X), in px.</param>
    /// <param name="bounds">In px of this image.</param>
    /// <returns>(N, 1, Y, X).</returns>
    public static Tensor Inside(Tensor flow, FlowBounds bounds)
    {
        using var scope = NewDisposeScope();
        using var grad = no_grad();
        Tensor Axis(int channel, int dimension, double first, double last)
        {
            var size = flow.shape[dimension];
            var shape = new long[] { 1, 1, 1 };
            shape[dimension - 1] = size;
            var position = flow.select(1, channel).add(arange(0, size, 1, flow.dtype, flow.device).reshape(shape));
            return position.ge(first).logical_and(position.le(last));
        }

        return Axis(0, 2, bounds.Top, bounds.Bottom).logical_and(Axis(1, 3, bounds.Left, bounds.Right)).to_type(flow.dtype).unsqueeze(1).MoveToOuterDisposeScope();
    }
}
