namespace InferenceBridge.Models;

/// <summary>Regularised inverse filter.</summary>
internal sealed class TikhonovOperation : ITensorOperation
{
    public OperationDeclaration Declaration { get; } = new("deconvolve/tikhonov", "1.0", "Tikhonov regularised inverse filter")
    {
        Description = "Finds, in one step, the object that blurred by the PSF comes closest to the image while its curvature (or its "
            + "intensity) stays small. Quick, and good for a first look; Richardson–Lucy gives cleaner results.",
        Inputs = [InputRole.Image, PsfInput.Role],
        Parameters = LinearFilterOptions.TikhonovDeclarations,
        ResultPixelType = ResultPixelType.Float32,
        Provenance = new Provenance { Citation = "A. N. Tikhonov, Soviet Math. Dokl. 4, 1035 (1963)" },
    };

    public TensorJobPlan Plan(TensorJobRequest request) => LinearFilterJob.Plan(request, needsStatistics: false);

    public ITensorJob Start(TensorJobContext context)
    {
        var options = LinearFilterOptions.FromTikhonov(context.Parameters);
        return new LinearFilterJob(options.Curvature ? "regularised inverse filter" : "Tikhonov", PsfInput.Prepare(context), options, context.Device);
    }
}
