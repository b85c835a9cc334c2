using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Hosting;

namespace InferenceBridge.Server.Jobs;

/// <summary>
/// Predicts the memory of a job from its plan. The tests compare it with what processes really take: a prediction is an upper
/// bound, and not a loose one.
/// </summary>
internal sealed class MemoryModel(InferenceServerOptions options)
{
    /// <summary>What the C library keeps of the memory that a job on the CPU has freed, or as much as the job takes if that is less.</summary>
    public const long AllocatorBytes = 32 << 20;

    // A message is a buffer of the transport, then one of its own.
    private const int ChunksUnderWay = 4;

    // What the garbage collector and the pools keep for a stream of chunks; less for an image that is smaller.
    private const long ManagedBytes = 96 << 20;

    // The plane as float32, and what the noise estimator makes of it.
    private const int StatisticsPlanes = 4;

    /// <summary>What a job in the server takes for an image of any size with the smallest planes.</summary>
    public static long LeastServerBytes(InferenceServerOptions options) => checked(
        (2 * options.QueueBytes) + options.ResultChunkBytes + TransportLimits.StreamWindowBytes + ((long)ChunksUnderWay * options.MaxChunkBytes)
        + TransportLimits.BufferBytes + ManagedBytes);

    /// <summary>A job that works on bytes, plane by plane.</summary>
    public JobMemory OfPlanes(JobRequest request) => new(0, 0, ToBytes(Results(request) + Transport(request)));

    /// <summary>A job that makes a volume of its own shape from a whole image.</summary>
    public JobMemory OfVolumes(JobRequest request, VolumeJobPlan made)
    {
        var image = made.NeedsPixels ? request.Image.TotalBytes : 0.0;
        var auxiliaries = request.Auxiliaries.Sum(input => (double)input.Info.TotalBytes);

        // The result stands in memory as it was made, and once more as a tensor.
        var result = 2.0 * sizeof(float) * made.Shape.ElementCount;
        return new JobMemory(ToBytes(made.DeviceBytes), 0, ToBytes(image + auxiliaries + result + made.WorkingBytes + Results(request) + Transport(request)));
    }

    /// <summary>A job that works on the frames of a movie.</summary>
    /// <param name="request">The job.</param>
    /// <param name="windowPlanes">Planes of the image that are kept in memory.</param>
    public JobMemory OfFrames(JobRequest request, long windowPlanes)
    {
        var plan = request.Frames!;
        var frames = request.Image.Shape.Frames;
        var buffers = plan.MaximumConcurrency * ((double)(request.Image.TotalBytes / frames) + (request.Result.TotalBytes / frames) + SideBytes(request));
        var auxiliaries = request.Auxiliaries.Sum(input => (double)input.Info.TotalBytes);
        var window = (Math.Min(windowPlanes, request.Image.Shape.PlaneCount) + 1.0) * request.Image.PlaneBytes;
        return new JobMemory(plan.DeviceBytes, plan.DeviceBytes, ToBytes(buffers + auxiliaries + window + Results(request) + Transport(request)));
    }

    /// <summary>A live stream of frames.</summary>
    /// <param name="request">Its declaration; the image is one frame.</param>
    /// <param name="plan">What its operation asked for.</param>
    /// <param name="queueLength">Frames that wait at most.</param>
    /// <param name="keptBytes">Bytes of frames that are kept in case the device fails.</param>
    public static JobMemory OfStream(JobRequest request, FrameJobPlan plan, int queueLength, long keptBytes)
    {
        var auxiliaries = request.Auxiliaries.Sum(input => (double)input.Info.TotalBytes);

        // The frame that is computed, the one that arrives, and a message of each as the transport has it.
        const int UnderWay = 4;
        var frames = ((double)queueLength + UnderWay) * request.Image.TotalBytes;
        return new JobMemory(plan.DeviceBytes, plan.DeviceBytes, ToBytes(
            auxiliaries + keptBytes + frames + (2.0 * (request.Result.TotalBytes + SideBytes(request))) + TransportLimits.StreamWindowBytes + TransportLimits.BufferBytes));
    }

    /// <summary>A job that works on tensors.</summary>
    /// <param name="request">The job.</param>
    /// <param name="needs">What its operation asked for.</param>
    /// <param name="tiles">Its tiles.</param>
    /// <param name="windowPlanes">Planes of the image that are kept in memory; 0 where it is spooled.</param>
    /// <param name="device">Where it runs.</param>
    public JobMemory OfTensors(JobRequest request, TensorJobPlan needs, TilePlan tiles, long windowPlanes, ComputeDevice device)
    {
        var image = request.Image;
        var voxels = (double)tiles.LargestInputElementCount;
        var planePixels = (double)image.Shape.PlaneElementCount;
        double window = windowPlanes == 0
            ? image.PlaneBytes + (StatisticsPlanes * planePixels * sizeof(float))
            : (Math.Min(windowPlanes, image.Shape.PlaneCount) + 1.0) * image.PlaneBytes;
        var slab = tiles.CoreDepth * planePixels * sizeof(float);
        var staging = device.SharesMemory ? 0 : 2 * voxels * sizeof(float);
        var auxiliaries = request.Auxiliaries.Sum(input => (double)input.Info.TotalBytes);

        // The pixels of the probe, and of its core what the blocks gave, the probe gives, and how they differ.
        const int ProbeCores = 4;
        var probe = needs.PrefersWholeStack && SeamProbe.Of(tiles) is { } seam
            ? sizeof(float) * ((double)seam.Input.ElementCount + (ProbeCores * seam.Core.ElementCount)) : 0;
        var tile = needs.DeviceBytesFixed + (needs.DeviceBytesPerVoxel * voxels);
        return new JobMemory(
            ToBytes(tile + (device.SharesMemory ? Math.Min(tile, AllocatorBytes) : 0)),
            ToBytes(needs.DeviceBytesFixed + (needs.DeviceBytesHeldPerVoxel * voxels)),
            ToBytes(auxiliaries + window + slab + staging + probe + Results(request) + Transport(request)));
    }

    // Side outputs of one frame.
    private static double SideBytes(JobRequest request) => request.SideOutputs.Sum(side => (double)side.FrameBytes);

    // All that is sent.
    private static double Sent(JobRequest request) => request.Result.TotalBytes + request.SideOutputs.Sum(side => (double)side.Info.TotalBytes);

    // Results that wait for the client, and the chunk that waits to join them.
    private double Results(JobRequest request) =>
        Math.Min((double)options.QueueBytes + options.ResultChunkBytes, Sent(request));

    private double Transport(JobRequest request) =>
        Math.Min(TransportLimits.StreamWindowBytes + ((double)ChunksUnderWay * options.MaxChunkBytes), request.Image.TotalBytes)
        + Math.Min(TransportLimits.BufferBytes, Sent(request))
        + Math.Min(ManagedBytes, request.Image.TotalBytes);

    private static long ToBytes(double bytes) => (long)Math.Min(long.MaxValue / 4, bytes);
}
