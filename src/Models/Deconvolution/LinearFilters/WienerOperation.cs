namespace InferenceBridge.Models;

/// <summary>Wiener's filter with white noise and a white object.</summary>
internal sealed class WienerOperation : ITensorOperation
{
    public OperationDeclaration Declaration { get; } = new("deconvolve/wiener", "1.0", "Wiener deconvolution")
    {
        Description = "Undoes the blur in one step where the PSF passes more of the object than there is noise, and damps the rest. Quick, "
            + "and good for a first look; Richardson–Lucy gives cleaner results. A share of noise_to_signal of the light is lost.",
        Inputs = [InputRole.Image, PsfInput.Role],
        Parameters = LinearFilterOptions.WienerDeclarations,
        ResultPixelType = ResultPixelType.Float32,
        Provenance = new Provenance { Citation = "N. Wiener, Extrapolation, Interpolation, and Smoothing of Stationary Time Series, Wiley (1949)" },
    };

    public TensorJobPlan Plan(TensorJobRequest request) =>
        LinearFilterJob.Plan(request, request.Parameters.Number(LinearFilterOptions.NoiseName) == 0);

    public ITensorJob Start(TensorJobContext context)
    {
        var options = LinearFilterOptions.FromWiener(context.Parameters, context.Statistics);
        return new LinearFilterJob("Wiener", PsfInput.Prepare(context), options, context.Device)
        {
            EstimatedParameters = new Dictionary<string, object> { [LinearFilterOptions.NoiseName] = options.Weight },
        };
    }
}
