using InferenceBridge.Imaging;
using TorchSharp;

namespace InferenceBridge.Models;

/// <summary>Moves frames by smooth fields that are found patch by patch.</summary>
internal sealed class PiecewiseOperation : MotionOperation
{
    // Floats for each pixel of a plane: patches overlap, at most sixteenfold, as spectra twice.
    private const int EstimateFloats = 24;
    private const int PatchFloats = 6;
    private const int TemplateFloats = 24;

    public override OperationDeclaration Declaration { get; } = new("register/piecewise-rigid", "1.0", "Non-rigid motion correction by patches")
    {
        Description = "Moves every frame along T by a smooth field: a rigid shift, then displacements of overlapping patches by phase correlation "
            + "(as NoRMCorre, Pnevmatikakis and Giovannucci 2017), refined by the template's gradients. Patches that show little follow their neighbours. "
            + "Slices of stacks move alike. Fields, shifts and figures of quality come with the result.",
        Inputs = CommonInputs,
        SideOutputs = CommonSideOutputs,
        Parameters =
        [
            .. MotionParameters.Template,
            MotionParameters.MaxShift,
            new NumberParameter(MotionParameters.MaxDeviation, "Largest distance of the field from the rigid shift along x and y.", 8, 0.5, 1000, "px"),
            new IntegerParameter("patch", "Length of a patch; at most half of the frame counts.", 64, PatchAxis.Shortest, 10_000, "px"),
            new IntegerParameter("overlap", "What neighbouring patches share; at most three quarters of a patch counts.", 32, 0, 10_000, "px"),
            .. MotionParameters.Correction,
        ],
        Provenance = new Provenance { Citation = "Pnevmatikakis, Giovannucci, J. Neurosci. Methods 291, 83 (2017), doi:10.1016/j.jneumeth.2017.07.031" },
    };

    protected override IMotionEstimator CreateEstimator(ParameterSet parameters, VolumeShape frame, torch.Device device)
    {
        var options = MotionOptions.From(parameters);
        return Math.Min(frame.Height, frame.Width) < PatchAxis.ShortestAxis
            ? new RigidEstimator([1, frame.Height, frame.Width], options.Reach(frame), 0, device)
            : new PiecewiseEstimator(frame, options, parameters.Integer("patch"), parameters.Integer("overlap"), device);
    }

    protected override long EstimateBytes(ParameterSet parameters, VolumeShape frame) => checked(sizeof(float) * (EstimateFloats + (PatchFloats * Repeats(parameters))) * frame.PlaneElementCount);

    protected override long HeldBytes(ParameterSet parameters, VolumeShape frame) => checked(sizeof(float) * (TemplateFloats + (3 * Repeats(parameters))) * frame.PlaneElementCount);

    // In how many patches a pixel lies at most.
    private static long Repeats(ParameterSet parameters)
    {
        var patch = parameters.Integer("patch");
        var along = Math.Min(4, Math.Ceiling((double)patch / Math.Max(1, patch - parameters.Integer("overlap"))) + 1);
        return (long)(along * along);
    }
}
