using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Richardson–Lucy deconvolution: the maximum-likelihood object behind a blurred image with Poisson noise.</summary>
internal sealed class RichardsonLucyOperation : ITensorOperation
{
    public OperationDeclaration Declaration { get; } = new("deconvolve/richardson-lucy", "1.0", "Richardson–Lucy deconvolution")
    {
        Description = "Finds the object that, blurred by the PSF, most likely gave the image under Poisson noise, by the iteration of "
            + "Richardson and Lucy. The result is nonnegative and keeps the image's total light, less the background. Pixels below 0 "
            + "count as 0. Tiles see one PSF beyond their core; a large number of iterations spreads further than that, so a stack is "
            + "cut only when memory demands it.",
        Inputs = [InputRole.Image, PointSpreadFunction.Role],
        Parameters = RichardsonLucyOptions.Declarations,
        ResultPixelType = ResultPixelType.Float32,
        Provenance = new Provenance
        {
            Citation = "W. H. Richardson, J. Opt. Soc. Am. 62, 55 (1972); L. B. Lucy, Astron. J. 79, 745 (1974); "
                + "M. Bertero and P. Boccacci, Astron. Astrophys. 437, 369 (2005)",
        },
    };

    public TensorJobPlan Plan(TensorJobRequest request)
    {
        var options = RichardsonLucyOptions.From(request.Parameters);
        var psf = PointSpreadFunction.CheckShape(request);

        // On the grid: estimate, coverage, spectrum, the PSF's transform, and the transforms' temporaries; the tile and the result.
        const int GridFloats = 10;
        var growth = options.PeriodicEdges ? 1 : GridGrowth(request.Image.Shape, psf);
        return new TensorJobPlan
        {
            // One iteration blurs twice, each time by half of the PSF. Further iterations reach further, with ever less weight.
            Halo = new Halo(psf.Depth - 1, psf.Height - 1, psf.Width - 1),
            PrefersWholeStack = true,
            DeviceBytesPerVoxel = sizeof(float) * ((GridFloats * growth) + 2),

            // The spectrum and the PSF's transform.
            DeviceBytesHeldPerVoxel = sizeof(float) * 2 * growth,
            DeviceBytesFixed = psf.ElementCount * sizeof(float),
        };
    }

    public ITensorJob Start(TensorJobContext context)
    {
        var psf = PointSpreadFunction.From(context.Auxiliaries[PointSpreadFunction.InputName]);
        var kernel = new RichardsonLucyKernel(psf.ToTensor(context.Device), RichardsonLucyOptions.From(context.Parameters));
        return new TileJob(kernel.Apply, kernel) { Warnings = psf.Warning is null ? [] : [psf.Warning] };
    }

    // How much larger the grid is than the tile: for the whole stack, or for tiles of at least four PSFs where that is more.
    private static double GridGrowth(VolumeShape image, VolumeShape psf)
    {
        static double Along(int image, int psf)
        {
            var tile = Math.Min(image, 4 * psf);
            return (double)FourierSize.AtLeast(tile + psf - 1) / tile;
        }

        return Along(image.Depth, psf.Depth) * Along(image.Height, psf.Height) * Along(image.Width, psf.Width);
    }
}
