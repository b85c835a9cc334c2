using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Packages;

/// <summary>A package through which images are streamed tile by tile; channels and frames each on their own.</summary>
internal sealed class TiledPackageOperation(string id, PackageModel model) : ITensorOperation
{
    // The tile, what the steps make of it and of a block, and the result.
    private const int TileCopies = 6;

    private readonly PackageDescription _description = model.Description;

    public OperationDeclaration Declaration { get; } = PackageDeclaration.Of(id, model.Description);

    /// <summary>Slices to either side that the network sees as channels.</summary>
    public int Slices => _description.Bridge.ChannelsAreSlices ? _description.Inputs[0].Channels!.Value / 2 : 0;

    /// <summary>True for a network that denoises, as far as its description tells.</summary>
    public bool Denoises => _description.Bridge.Stabilises || Declaration.Task == "denoise";

    public TensorJobPlan Plan(TensorJobRequest request)
    {
        var (traits, shape) = (model.Traits, request.Image.Shape);
        var sizes = TensorLayout.Sizes(shape);
        foreach (var axis in traits.Axes.Values)
        {
            axis.Check((int)sizes[(int)axis.Kind], InputRole.ImageName);
        }

        var slices = Slices;
        if (shape.Depth <= slices)
        {
            throw new InferenceException(InferenceError.ShapeInvalid, "image.size_z",
                $"image.size_z is {shape.Depth}; accepted by the package: at least {slices + 1}, since its network looks at {slices} slices to either side.");
        }

        var blocks = BlockSizes.For(traits, sizes, request.DeviceBytes);
        var bytes = checked(blocks.Voxels * traits.BytesPerVoxel);
        if (bytes > request.DeviceBytes)
        {
            throw new InferenceException(InferenceError.DeviceOutOfMemory, InputRole.ImageName,
                $"The package's network takes about {bytes} bytes for a block of {blocks.Z}×{blocks.Y}×{blocks.X} (z×y×x)"
                + $"{(traits.IsGlobal ? ", which it needs whole, since every output depends on the whole image" : "")}; accepted by this server: {request.DeviceBytes}.");
        }

        return new TensorJobPlan
        {
            Halo = new Halo(Math.Max(Margin(AxisKind.Z), slices), Margin(AxisKind.Y), Margin(AxisKind.X)),
            DeviceBytesPerVoxel = TileCopies * sizeof(float),
            DeviceBytesFixed = bytes,

            // Jobs that compute together have all of theirs on the device together.
            DeviceBytesHeldPerVoxel = traits.CanBatch ? TileCopies * sizeof(float) : 0,
            SharesTurnsWith = traits.CanBatch ? model : null,
            FirstPass = _description.Bridge.Stabilises
                ? new StabilisationPass(shape, request.Parameters.Number(PackageDeclaration.NoiseFactorParameter))
                : new ImageStatisticsPass(_description.Inputs[0].Steps, shape.Channels, request.Statistics),
        };

        int Margin(AxisKind kind) => traits.Axes.TryGetValue(kind, out var axis) ? axis.Margin((int)sizes[(int)kind]) : 0;
    }

    public ITensorJob Start(TensorJobContext context)
    {
        model.Network(context.Device);
        var blocks = BlockSizes.For(model.Traits, TensorLayout.Sizes(context.Request.Image.Shape), context.Request.DeviceBytes);
        return new TiledPackageJob(model, blocks, (IImageSteps)context.FirstPass!, context.Request.Image.Shape, Slices, context.Device);
    }
}
