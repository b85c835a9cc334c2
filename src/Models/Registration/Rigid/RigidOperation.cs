using InferenceBridge.Imaging;
using TorchSharp;

namespace InferenceBridge.Models;

/// <summary>Moves whole frames, by parts of a pixel.</summary>
internal sealed class RigidOperation : MotionOperation
{
    // Floats for each pixel of the reference that estimating takes at most, and that the template's spectra take.
    private const int EstimateFloats = 18;
    private const int TemplateFloats = 8;

    public override OperationDeclaration Declaration { get; } = new("register/rigid", "1.1", "Rigid motion correction")
    {
        Description = "Moves every frame along T by what it has shifted, to parts of a pixel: phase correlation refined by a discrete Fourier transform "
            + "of a finely sampled neighbourhood (Guizar-Sicairos, Thurman and Fienup 2008), with frequencies weighted by how far they stand above "
            + "the noise. Stacks move along z too. The shifts of the frames and figures of quality come with the result.",
        Inputs = CommonInputs,
        SideOutputs = CommonSideOutputs,
        Parameters =
        [
            .. MotionParameters.Template,
            MotionParameters.Axes,
            MotionParameters.MaxShift,
            new NumberParameter("max_shift_z", "Largest shift along z that is looked for, in slices.", 3, 0, 1000, "px"),
            new NumberParameter("smoothing", "Standard deviation of the Gaussian that the correlation is smoothed with.", 0, 0, 20, "px"),
            .. MotionParameters.Correction,
        ],
        Provenance = new Provenance { Citation = "Guizar-Sicairos, Thurman, Fienup, Opt. Lett. 33, 156 (2008), doi:10.1364/OL.33.000156" },
    };

    protected override IMotionEstimator CreateEstimator(ParameterSet parameters, VolumeShape frame, torch.Device device)
    {
        var options = MotionOptions.From(parameters);
        return new RigidEstimator([options.IsVolumetric ? frame.Depth : 1, frame.Height, frame.Width], options.Reach(frame), parameters.Number("smoothing"), device);
    }

    protected override long EstimateBytes(ParameterSet parameters, VolumeShape frame) => checked(sizeof(float) * EstimateFloats * frame.StackElementCount);

    protected override long HeldBytes(ParameterSet parameters, VolumeShape frame) => checked(sizeof(float) * TemplateFloats * frame.StackElementCount);
}
