using System.Globalization;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Configuration;
using InferenceBridge.Server.Devices;

namespace InferenceBridge.Server.Jobs;

/// <summary>Chooses tiles that fit the memory of the device and of the server and let results leave early, or refuses the job.</summary>
internal sealed class JobPlanner(InferenceServerOptions options, ScratchSpace scratch)
{
    // A slab of this many voxels keeps a device busy and yet is on its way soon.
    private const long SlabVoxels = 4L << 20;

    // With slabs of four halos at most half as much again is computed twice.
    private const int HalosPerSlab = 4;

    // The first slab of a small image must leave before most of the image has come, but not in pieces that cost more to
    // schedule than to compute.
    private const int SlabsPerVolume = 8;
    private const long SmallestSlabVoxels = SlabVoxels / 8;

    private readonly MemoryModel _memory = new(options);

    /// <summary>Memory of a job that needs no plan, since it works plane by plane.</summary>
    public JobMemory PlaneMemory(JobRequest request) => _memory.OfPlanes(request);

    /// <summary>Memory of a job that makes a volume of its own shape.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.VolumeTooLarge"/>.</exception>
    public JobMemory VolumeMemory(JobRequest request, VolumeJobPlan made)
    {
        var (memory, accepted) = (_memory.OfVolumes(request, made), MemoryBudget.ServerBytesPerJob(options));
        return memory.Server <= accepted ? memory : throw new InferenceException(InferenceError.VolumeTooLarge, InputRole.ImageName,
            $"The job takes {memory.Server} bytes in the server, since it holds its image as a whole; accepted by this server: {accepted}, half of "
            + $"{OptionsFaults.Key(nameof(options.ServerMemoryBytes))}.");
    }

    /// <summary>Memory of a job on the frames of a movie.</summary>
    /// <exception cref="InferenceException">It does not fit this server.</exception>
    public JobMemory FrameMemory(JobRequest request)
    {
        if (request.Frames!.Passes > 1)
        {
            scratch.CheckFits(request.Image);
        }

        return Check(_memory.OfFrames(request, FrameWindow(request, options)), "the frames that are computed at once");
    }

    /// <summary>Memory of a live stream.</summary>
    /// <param name="request">Its declaration.</param>
    /// <param name="plan">What its operation asked for.</param>
    /// <param name="queueLength">Frames that wait at most.</param>
    /// <param name="keptBytes">Bytes of frames that are kept in case the device fails.</param>
    /// <exception cref="InferenceException">It does not fit this server.</exception>
    public JobMemory StreamMemory(JobRequest request, FrameJobPlan plan, int queueLength, long keptBytes) =>
        Check(MemoryModel.OfStream(request, plan, queueLength, keptBytes), $"a queue of {queueLength} frames");

    /// <summary>Planes that wait in memory for a movie's frames.</summary>
    public static long FrameWindow(JobRequest request, InferenceServerOptions options)
    {
        var planes = request.Image.Shape.PlaneCount / request.Image.Shape.Frames;
        return Math.Max(planes * (request.Frames!.MaximumConcurrency + 1), options.QueueBytes / request.Image.PlaneBytes);
    }

    /// <summary>Plans a job on tensors.</summary>
    /// <exception cref="InferenceException">It does not fit this server, however it is cut.</exception>
    public JobPlan Plan(JobRequest request, ITensorOperation operation, ComputeDevice device)
    {
        var needs = operation.Plan(request.ForOperation(options));
        var spools = (needs.NeedsStatistics && (request.Statistics is null || needs.NeedsNoiseLaw)) || needs.FirstPass is { NeedsReading: true };
        if (spools)
        {
            scratch.CheckFits(request.Image);
        }

        var shape = request.Image.Shape;
        var elements = MaximumElements(needs);
        var depth = needs.PrefersWholeStack ? int.MaxValue : SlabDepth(shape, needs.Halo);
        while (true)
        {
            var tiles = Tiles(shape, needs, elements, depth);
            var slabPlanes = Math.Min(shape.Depth, tiles.CoreDepth + (2L * needs.Halo.Z));
            var window = Math.Max(slabPlanes, options.QueueBytes / request.Image.PlaneBytes);
            var memory = _memory.OfTensors(request, needs, tiles, spools ? 0 : window, device);
            if (memory.Server <= MemoryBudget.ServerBytesPerJob(options))
            {
                return new JobPlan(operation, needs, tiles, spools, window, memory);
            }

            depth = tiles.CoreDepth > 1 ? tiles.CoreDepth / 2 : throw TooLarge(memory);
        }
    }

    private JobMemory Check(JobMemory memory, string what)
    {
        if (memory.Device > options.MemoryBudgetBytes)
        {
            throw new InferenceException(InferenceError.DeviceOutOfMemory, InputRole.ImageName,
                $"Frames of this size take {memory.Device} bytes on the device; accepted by this server: {options.MemoryBudgetBytes} "
                + $"({OptionsFaults.Key(nameof(options.MemoryBudgetBytes))}).");
        }

        var accepted = MemoryBudget.ServerBytesPerJob(options);
        return memory.Server <= accepted ? memory : throw new InferenceException(InferenceError.VolumeTooLarge, InputRole.ImageName,
            $"The job takes {memory.Server} bytes in the server with {what}; accepted by this server: {accepted}, half of "
            + $"{OptionsFaults.Key(nameof(options.ServerMemoryBytes))}.");
    }

    private TilePlan Tiles(VolumeShape shape, TensorJobPlan needs, long elements, int depth)
    {
        try
        {
            return TilePlan.Create(shape, needs.Halo, elements, depth);
        }
        catch (InferenceException e) when (e.Error == InferenceError.DeviceOutOfMemory)
        {
            static double Least(int size, int halo) => Math.Min(size, 1 + (2.0 * halo));
            var voxels = Least(shape.Depth, needs.Halo.Z) * Least(shape.Height, needs.Halo.Y) * Least(shape.Width, needs.Halo.X);
            var bytes = Math.Ceiling(needs.DeviceBytesFixed + (needs.DeviceBytesPerVoxel * voxels));
            throw new InferenceException(InferenceError.DeviceOutOfMemory, InputRole.ImageName, string.Create(CultureInfo.InvariantCulture,
                $"Even a block of one voxel takes {bytes:0} bytes on the device, with its halo of {needs.Halo.Z}×{needs.Halo.Y}×{needs.Halo.X} (z×y×x); ")
                + $"accepted by this server: {options.MemoryBudgetBytes} ({OptionsFaults.Key(nameof(options.MemoryBudgetBytes))}).", e);
        }
    }

    private static int SlabDepth(VolumeShape shape, Halo halo)
    {
        var voxels = Math.Clamp(shape.ElementCount / SlabsPerVolume, SmallestSlabVoxels, SlabVoxels);
        return (int)Math.Clamp(Math.Max(voxels / shape.PlaneElementCount, (long)HalosPerSlab * halo.Z), 1, int.MaxValue);
    }

    private InferenceException TooLarge(JobMemory memory) => new(InferenceError.VolumeTooLarge, InputRole.ImageName,
        $"The job takes {memory.Server} bytes in the server even plane by plane; accepted by this server: "
        + $"{MemoryBudget.ServerBytesPerJob(options)}, half of {OptionsFaults.Key(nameof(options.ServerMemoryBytes))}.");

    private long MaximumElements(TensorJobPlan needs)
    {
        var elements = (options.MemoryBudgetBytes - needs.DeviceBytesFixed) / Math.Max(needs.DeviceBytesPerVoxel, 1);
        return elements >= 1
            ? (long)elements
            : throw new InferenceException(InferenceError.DeviceOutOfMemory, "InferenceBridge:MemoryBudgetBytes",
                $"The job takes {needs.DeviceBytesFixed} bytes on the device before its first voxel; accepted by this server: {options.MemoryBudgetBytes}.");
    }
}
