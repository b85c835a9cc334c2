namespace InferenceBridge.Models;

/// <summary>Median filter: removes outliers such as hot pixels and keeps edges.</summary>
internal sealed class MedianOperation : ITensorOperation
{
    public OperationDeclaration Declaration { get; } = new("denoise/median", "1.0", "Median filter")
    {
        Description = "Replaces each voxel by the median of a box around it, exactly. Beyond its faces the image is mirrored "
            + "(d c b a | a b c d); results equal scipy.ndimage.median_filter.",
        Parameters = MedianOptions.Declarations,
    };

    public TensorJobPlan Plan(TensorJobRequest request) => new()
    {
        Halo = MedianOptions.From(request.Parameters).Radius,

        // Tile, two extensions at a time and the result.
        DeviceBytesPerVoxel = 5 * sizeof(float),

        // The windows of a piece, the sorted copy of them and positions; in every core's case as much again, which the
        // allocator keeps for threads that have worked before.
        DeviceBytesFixed = ((2 * sizeof(float)) + sizeof(long))
            * Math.Max(MedianKernel.PieceElements, 2 * Environment.ProcessorCount * MedianKernel.CpuPieceElements),
    };

    public ITensorJob Start(TensorJobContext context)
    {
        var options = MedianOptions.From(context.Parameters);
        return new TileJob((tile, cancellation) => MedianKernel.Apply(tile, options, cancellation));
    }
}
