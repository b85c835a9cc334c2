using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Keeps state along frames: a template to register to, a search for the focus. It serves live frame streams, and movies, whose frames
/// lie along T; a frame has channels and slices as the movie has.
/// </summary>
public interface IFrameOperation : IOperation
{
    /// <summary>Checks that the job is sound and says what it makes and needs: no pixel has come yet.</summary>
    /// <exception cref="InferenceException">Shapes or parameters do not fit each other.</exception>
    FrameJobPlan Plan(FrameJobRequest request);

    /// <summary>Starts a job.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.AuxiliaryInvalid"/>: an auxiliary volume, or the state to resume from, cannot be used.
    /// </exception>
    IFrameJob Start(FrameJobContext context);
}

/// <summary>One stream of frames, or one movie, on one device. Not safe for concurrent calls.</summary>
public interface IFrameJob : IDisposable
{
    /// <summary>Frames that may be given at once now without changing the results; at least 1.</summary>
    int Concurrency { get; }

    /// <summary>What the caller should know. Grows with the frames.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>How the job ran, by snake_case name, for the summary. Grows with the frames.</summary>
    IReadOnlyDictionary<string, string> Details { get; }

    /// <summary>Computes the next frames, in order.</summary>
    /// <param name="frames">1 to <see cref="Concurrency"/> frames.</param>
    /// <param name="cancellation">Looked at often enough that a device is free within the time of one frame.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    void Process(IReadOnlyList<FrameTask> frames, CancellationToken cancellation);

    /// <summary>Every frame of a movie has been seen once, of the passes that <see cref="FrameJobPlan.Passes"/> asked for.</summary>
    void EndPass();

    /// <summary>All that a new job needs to go on from here, as bytes.</summary>
    byte[] ExportState();
}

/// <summary>What is known of a job on frames before its pixels come.</summary>
/// <param name="Parameters">Checked parameters.</param>
/// <param name="Frame">One frame: T is 1.</param>
/// <param name="Auxiliaries">Auxiliary volumes by name.</param>
public sealed record FrameJobRequest(ParameterSet Parameters, VolumeInfo Frame, IReadOnlyDictionary<string, VolumeInfo> Auxiliaries)
{
    /// <summary>Frames that will come; null in a live stream, whose frames are seen once and whose end is not known.</summary>
    public int? FrameCount { get; init; }

    /// <summary>Names of the side outputs that the caller wants.</summary>
    public IReadOnlySet<string> SideOutputs { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}

/// <summary>What a job on frames makes and needs.</summary>
/// <param name="Result">Shape of the result of one frame.</param>
public sealed record FrameJobPlan(VolumeShape Result)
{
    /// <summary>Shape that each side output has for one frame, in float32, by name.</summary>
    public IReadOnlyDictionary<string, VolumeShape> SideOutputs { get; init; } = new Dictionary<string, VolumeShape>(StringComparer.Ordinal);

    /// <summary>Times that every frame of a movie has to be gone through, 1 or 2; results are made the last time.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>Bytes on the device at most; 0 where it needs none.</summary>
    public long DeviceBytes { get; init; }

    /// <summary>Frames that it may be given at once at most.</summary>
    public int MaximumConcurrency { get; init; } = 1;
}

/// <summary>What a job on frames starts with.</summary>
/// <param name="Request">What was known before the pixels came.</param>
/// <param name="Auxiliaries">Pixels of auxiliary volumes by name, in memory.</param>
/// <param name="Result">Shape and pixel type of the result of a frame.</param>
/// <param name="Device">Device to run on.</param>
public sealed record FrameJobContext(
    FrameJobRequest Request, IReadOnlyDictionary<string, MemoryVolume> Auxiliaries, VolumeInfo Result, Device Device)
{
    /// <summary>What <see cref="IFrameJob.ExportState"/> of another job gave; null starts anew.</summary>
    public ReadOnlyMemory<byte>? State { get; init; }
}
