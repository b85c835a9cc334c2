using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>
/// Something that the server can do to a volume. It is an <see cref="ITensorOperation"/>, an <see cref="IVolumeOperation"/> or an
/// <see cref="IPlaneOperation"/>. Operations are stateless and safe for concurrent calls; a job's state is in the job.
/// </summary>
public interface IOperation
{
    /// <summary>What it is.</summary>
    OperationDeclaration Declaration { get; }
}

/// <summary>Maps planes of bytes to planes of bytes of the same shape and type, one by one, without a device.</summary>
public interface IPlaneOperation : IOperation
{
    /// <summary>Computes one plane.</summary>
    /// <param name="plane">Little-endian pixels of a plane, or of some of its rows.</param>
    /// <param name="result">As many bytes.</param>
    /// <param name="parameters">Checked parameters.</param>
    void Process(ReadOnlySpan<byte> plane, Span<byte> result, ParameterSet parameters);
}

/// <summary>Maps tiles of float32 voxels on a device.</summary>
public interface ITensorOperation : IOperation
{
    /// <summary>Checks that the job is sound and says what it needs, from shapes alone: no pixel has come yet.</summary>
    /// <exception cref="InferenceException">Shapes or parameters do not fit each other.</exception>
    TensorJobPlan Plan(TensorJobRequest request);

    /// <summary>Starts a job on a device, with the auxiliary pixels at hand.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.AuxiliaryInvalid"/>, for example a PSF of zeros.</exception>
    ITensorJob Start(TensorJobContext context);
}

/// <summary>What is known of a job before its pixels come.</summary>
/// <param name="Parameters">Checked parameters.</param>
/// <param name="Image">The image.</param>
/// <param name="Auxiliaries">Auxiliary volumes by name.</param>
public sealed record TensorJobRequest(
    ParameterSet Parameters, VolumeInfo Image, IReadOnlyDictionary<string, VolumeInfo> Auxiliaries)
{
    /// <summary>Statistics over the whole image where they are known beforehand; null where they are not.</summary>
    public IntensityStatistics? Statistics { get; init; }

    /// <summary>Memory that the job may take on its device, in bytes.</summary>
    public long DeviceBytes { get; init; } = 4L << 30;
}
