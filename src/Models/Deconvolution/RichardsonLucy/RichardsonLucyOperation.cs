using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Richardson–Lucy deconvolution: the maximum-likelihood object behind a blurred image with Poisson noise.</summary>
internal sealed class RichardsonLucyOperation : ITensorOperation
{
    public OperationDeclaration Declaration { get; } = new("deconvolve/richardson-lucy", "1.2", "Richardson–Lucy deconvolution")
    {
        Description = "Finds the object that, blurred by the PSF, most likely gave the image under Poisson noise, by the iteration of "
            + "Richardson and Lucy. The result is nonnegative and keeps the image's total light, less the background. Pixels below 0 "
            + "count as 0. Tiles see one PSF beyond their core; a large number of iterations spreads further than that, so a stack is "
            + "cut only when memory demands it.",
        Inputs = [InputRole.Image, PsfInput.Role],
        Parameters = RichardsonLucyOptions.Declarations,
        ResultPixelType = ResultPixelType.Float32,
        Provenance = new Provenance
        {
            Citation = "W. H. Richardson, J. Opt. Soc. Am. 62, 55 (1972); L. B. Lucy, Astron. J. 79, 745 (1974); "
                + "M. Bertero and P. Boccacci, Astron. Astrophys. 437, 369 (2005); D. S. C. Biggs and M. Andrews, Appl. Opt. 36, 1766 (1997); "
                + "N. Dey et al., Microsc. Res. Tech. 69, 260 (2006)",
        },
    };

    public TensorJobPlan Plan(TensorJobRequest request)
    {
        var options = RichardsonLucyOptions.From(request.Parameters);
        var psf = PsfInput.Plan(request);

        // A PSF with fainter faces takes less. Of a large stack, a tile of four PSFs along each axis stands for any tile.
        static int Along(int image, int psf) => Math.Min(image, 4 * psf);
        ObjectGrid Grid(int depth, int height, int width) =>
            options.PeriodicEdges ? ObjectGrid.Periodic(depth, height, width) : ObjectGrid.Largest(depth, height, width, psf);
        var shape = request.Image.Shape;
        var tile = Grid(Along(shape.Depth, psf.Depth), Along(shape.Height, psf.Height), Along(shape.Width, psf.Width));
        var whole = Grid(shape.Depth, shape.Height, shape.Width);
        return new TensorJobPlan
        {
            // One iteration blurs twice, each time by half of the PSF. Further iterations reach further, with ever less weight.
            Halo = new Halo(psf.Depth - 1, psf.Height - 1, psf.Width - 1),
            PrefersWholeStack = true,
            DeviceBytesPerVoxel = sizeof(float) * WorkingArrays.MostElements(tile, psf.Depth, options) / tile.ImageElements,
            DeviceBytesHeldPerVoxel = sizeof(float) * WorkingArrays.HeldElements(tile) / tile.ImageElements,
            DeviceBytesFixed = WorkingArrays.FixedBytes(whole, psf, options.PeriodicEdges),

            // Tikhonov's weight relates to the light of the whole image, not of a tile.
            NeedsStatistics = options.Regularisation == Regularisation.Tikhonov,
        };
    }

    public ITensorJob Start(TensorJobContext context) => new RichardsonLucyJob(
        PsfInput.Prepare(context), RichardsonLucyOptions.From(context.Parameters), context.Request.Image.Shape, context.Statistics?.Mean, context.Device);
}
