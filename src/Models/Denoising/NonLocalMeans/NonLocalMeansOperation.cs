namespace InferenceBridge.Models;

/// <summary>Non-local means: averages pixels whose surroundings look alike.</summary>
internal sealed class NonLocalMeansOperation : ITensorOperation
{
    public OperationDeclaration Declaration { get; } = new("denoise/nlm", "1.1", "Non-local means")
    {
        Description = "Replaces each pixel by a mean of the pixels around it, weighted by how alike the patches around them are. "
            + "Keeps edges and texture that repeats. For photon counts, switch anscombe on: it estimates how the noise grows "
            + "with the signal, unless the camera's gain, offset and read noise are given. With the same parameters the result is that of scikit-image's denoise_nl_means: fast_mode for box weights, "
            + "else gaussian.",
        Parameters = NonLocalMeansOptions.Declarations,
        Provenance = new Provenance
        {
            Citation = "A. Buades, B. Coll, J.-M. Morel, CVPR 2005, doi:10.1109/CVPR.2005.38; J. Froment, IPOL 4, 300 (2014), "
                + "doi:10.5201/ipol.2014.120; M. Mäkitalo, A. Foi, IEEE TIP 22, 91 (2013), doi:10.1109/TIP.2012.2202675",
        },
    };

    public TensorJobPlan Plan(TensorJobRequest request)
    {
        var options = NonLocalMeansOptions.From(request.Parameters);
        return new TensorJobPlan
        {
            Halo = options.Reach,
            NeedsStatistics = options.NeedsNoiseEstimate,
            NeedsNoiseLaw = options.EstimatesNoiseLaw,

            // Tile, its stabilised copy, two extensions, the block's own copy, the two sums, four steps of a distance, two
            // for the pixels that count, and the result.
            DeviceBytesPerVoxel = 14 * sizeof(float),
        };
    }

    public ITensorJob Start(TensorJobContext context)
    {
        var asked = NonLocalMeansOptions.From(context.Parameters);
        var options = asked.Resolve(context.Statistics);
        var estimated = options.EstimatedBeside(asked);
        if (options.Strength == 0)
        {
            return new TileJob((tile, _) => tile.clone())
            {
                EstimatedParameters = estimated,
                Warnings = ["The image shows no noise to set h from; it was left unchanged."],
            };
        }

        IReadOnlyList<string> warnings = options.EstimatesNoiseLaw
            ? ["The noise does not grow with the signal, or the image is too small to tell; it was not stabilised."]
            : [];
        var kernel = new NonLocalMeansKernel(options);
        return new TileJob((tile, cancellation) =>
            options.Anscombe is { } anscombe
                ? anscombe.Inverse(kernel.Apply(anscombe.Forward(tile), cancellation))
                : kernel.Apply(tile, cancellation))
        {
            EstimatedParameters = estimated,
            Warnings = warnings,
        };
    }
}
