using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using TorchSharp;

namespace InferenceBridge.Models;

/// <summary>Moves frames by fields that the network of a package finds.</summary>
internal sealed class FlowOperation : MotionOperation
{
    // Floats for each pixel of the frame beside the network's: the shift, copies, the field.
    private const int EstimateFloats = 26;

    // Floats for each pixel that the template's features, gradients and spectra take.
    private const int HeldFloats = 40;

    private readonly PackageModel _model;

    /// <param name="id">Id of the operation.</param>
    /// <param name="model">A package whose network is a <see cref="FlowNetwork"/>.</param>
    public FlowOperation(string id, PackageModel model)
    {
        _model = model;
        var declaration = PackageDeclaration.Of(id, model.Description);
        Declaration = declaration with
        {
            Summary = "Non-rigid motion correction by a network",
            Description = "Moves every frame along T by a smooth field of displacements. The shift of all of it is found by phase correlation, the rest by a "
                + "network: a pyramid of learned features of template and frame, compared from coarse to fine, and solved for the field under a smooth prior. "
                + declaration.Description,
            Inputs = CommonInputs,
            SideOutputs = CommonSideOutputs,
            ResultPixelType = ResultPixelType.SameAsImage,
            Parameters =
            [
                .. MotionParameters.Template,
                MotionParameters.MaxShift,
                new NumberParameter(MotionParameters.MaxDeviation, "Largest distance of the field from the shift of all of the frame, along x and y each.", 16, 0.1, 100, "px"),
                .. MotionParameters.Correction,
            ],
        };
    }

    public override OperationDeclaration Declaration { get; }

    /// <summary>Whether a package's network is one that finds motion.</summary>
    public static bool Takes(PackageDescription description) =>
        description.Weights.Network is { } network && FlowArchitectures.Names.Contains(network.Architecture);

    protected override IMotionEstimator CreateEstimator(ParameterSet parameters, VolumeShape frame, torch.Device device)
    {
        var options = MotionOptions.From(parameters);
        var network = ((FlowPackageNetwork)_model.Network(device)).Network;
        return new FlowEstimator(network, frame.Height, frame.Width, options.Reach(frame), options.MaxDeviation, device);
    }

    protected override long EstimateBytes(ParameterSet parameters, VolumeShape frame)
    {
        var tile = (long)Math.Min(frame.Height, FlowTile.Longest) * Math.Min(frame.Width, FlowTile.Longest);
        return checked((FlowOptions.Default.BytesPerPixel * tile) + (sizeof(float) * EstimateFloats * frame.PlaneElementCount));
    }

    protected override long HeldBytes(ParameterSet parameters, VolumeShape frame) => checked(sizeof(float) * HeldFloats * frame.PlaneElementCount);
}
