using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>
/// Makes a volume of a shape of its own from a whole image in memory, on the CPU: a point-spread function from optics or from
/// beads. Meant for small volumes; what maps an image to one of the same shape is an <see cref="ITensorOperation"/>.
/// </summary>
public interface IVolumeOperation : IOperation
{
    /// <summary>Checks that the job is sound and says what it makes, from shapes alone: no pixel has come yet.</summary>
    /// <exception cref="InferenceException">Shapes or parameters do not fit each other.</exception>
    VolumeJobPlan Plan(TensorJobRequest request);

    /// <summary>Computes the result.</summary>
    /// <param name="request">What <see cref="Plan"/> was given.</param>
    /// <param name="image">The image; null where the plan does not need its pixels.</param>
    /// <param name="auxiliaries">Auxiliary volumes by name.</param>
    /// <param name="cancellation">Looked at often enough that nobody waits for a cancelled job.</param>
    /// <exception cref="InferenceException">The pixels do not allow a result.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    VolumeJobResult Run(
        TensorJobRequest request, MemoryVolume? image, IReadOnlyDictionary<string, MemoryVolume> auxiliaries, CancellationToken cancellation);
}

/// <summary>What a job of an <see cref="IVolumeOperation"/> makes and needs.</summary>
/// <param name="Shape">Shape of the result.</param>
/// <param name="Calibration">Voxel size of the result.</param>
public sealed record VolumeJobPlan(VolumeShape Shape, Calibration Calibration)
{
    /// <summary>False where the image serves for its shape and voxel size alone.</summary>
    public bool NeedsPixels { get; init; } = true;

    /// <summary>Bytes that computing takes beside the image as it came and the result in float32.</summary>
    public long WorkingBytes { get; init; }

    /// <summary>Bytes that computing takes on the device.</summary>
    public long DeviceBytes { get; init; }
}

/// <summary>What a job of an <see cref="IVolumeOperation"/> has made.</summary>
/// <param name="Volume">float32, of the planned shape.</param>
public sealed record VolumeJobResult(MemoryVolume Volume)
{
    /// <summary>What the caller should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Parameters whose values the job estimated itself, for the summary.</summary>
    public IReadOnlyDictionary<string, object> EstimatedParameters { get; init; } = new Dictionary<string, object>();
}
