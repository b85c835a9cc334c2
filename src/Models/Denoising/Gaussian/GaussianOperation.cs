namespace InferenceBridge.Models;

/// <summary>Gaussian smoothing: the baseline that a denoiser must beat.</summary>
internal sealed class GaussianOperation : ITensorOperation
{
    public OperationDeclaration Declaration { get; } = new("denoise/gaussian", "1.0", "Gaussian smoothing")
    {
        Description = "Convolves with a Gaussian, separably, in float32. The kernel ends 4 standard deviations from its centre; "
            + "results equal scipy.ndimage.gaussian_filter with the same edges.",
        Parameters = GaussianOptions.Declarations,
    };

    public TensorJobPlan Plan(TensorJobRequest request) => new()
    {
        Halo = GaussianOptions.From(request.Parameters).Radius,

        // Tile, result, and an extension that is at worst as long as three tiles, where the kernel is as wide.
        DeviceBytesPerVoxel = 5 * sizeof(float),
    };

    public ITensorJob Start(TensorJobContext context)
    {
        var options = GaussianOptions.From(context.Parameters);
        return new TileJob((tile, cancellation) => GaussianKernel.Apply(tile, options, cancellation));
    }
}
