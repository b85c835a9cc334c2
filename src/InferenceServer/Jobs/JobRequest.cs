using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Server.Jobs;

/// <summary>A declaration that has been checked.</summary>
internal sealed record JobRequest
{
    public required IOperation Operation { get; init; }

    public required ParameterSet Parameters { get; init; }

    public required VolumeInfo Image { get; init; }

    /// <summary>Auxiliary inputs in the order in which their chunks come.</summary>
    public required IReadOnlyList<AuxiliaryInput> Auxiliaries { get; init; }

    /// <summary>Statistics over the image that the client sent; null where it sent none or not all.</summary>
    public required IntensityStatistics? Statistics { get; init; }

    public required PixelType OutputPixelType { get; init; }

    /// <summary>The image as declared, for the description of the result.</summary>
    public required Proto.VolumeDescription Description { get; init; }

    /// <summary>What an operation on whole volumes makes; null for those whose result has the image's shape.</summary>
    public VolumeJobPlan? Made { get; init; }

    /// <summary>How an operation on frames goes through the image's; null for others.</summary>
    public FrameJobPlan? Frames { get; init; }

    /// <summary>Whether the client wants to be told what was found for each frame.</summary>
    public bool WantsFrameNumbers { get; init; }

    /// <summary>The side outputs that the client wants, in its order, each over all frames.</summary>
    public IReadOnlyList<SideVolume> SideOutputs { get; init; } = [];

    /// <summary>What an operation on frames is told of the job.</summary>
    /// <param name="count">Frames that will come; null in a live stream.</param>
    public FrameJobRequest ForFrames(int? count) =>
        new(Parameters, Image with { Shape = Image.Shape with { Frames = 1 } }, Auxiliaries.ToDictionary(input => input.Name, input => input.Info))
        {
            FrameCount = count,
            SideOutputs = SideOutputs.Select(side => side.Name).ToHashSet(StringComparer.Ordinal),
        };

    /// <summary>What an operation is told of the job.</summary>
    public TensorJobRequest ForOperation(InferenceServerOptions options) =>
        new(Parameters, Image, Auxiliaries.ToDictionary(input => input.Name, input => input.Info))
        {
            Statistics = Statistics, DeviceBytes = options.MemoryBudgetBytes,
        };

    public VolumeInfo Result => Made is null
        ? Image with { PixelType = OutputPixelType }
        : new VolumeInfo(Made.Shape, OutputPixelType) { Calibration = Made.Calibration };
}

/// <summary>A side output of a job.</summary>
/// <param name="Name">As the operation declares it.</param>
/// <param name="Info">All of it, in float32.</param>
internal sealed record SideVolume(string Name, VolumeInfo Info)
{
    /// <summary>What one frame takes.</summary>
    public long FrameBytes => Info.TotalBytes / Info.Shape.Frames;
}

/// <summary>An auxiliary input of a job.</summary>
internal sealed record AuxiliaryInput(string Name, VolumeInfo Info);
