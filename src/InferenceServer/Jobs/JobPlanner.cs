using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Server.Jobs;

/// <summary>Chooses tiles that fit the memory budget and let results leave early.</summary>
internal sealed class JobPlanner(InferenceServerOptions options)
{
    // A slab of this many voxels keeps a device busy and yet is on its way soon.
    private const long SlabVoxels = 4L << 20;

    // With slabs of four halos at most half as much again is computed twice.
    private const int HalosPerSlab = 4;

    // The first slab of a small image must leave before most of the image has come, but not in pieces that cost more to
    // schedule than to compute.
    private const int SlabsPerVolume = 8;
    private const long SmallestSlabVoxels = SlabVoxels / 8;

    public JobPlan Plan(JobRequest request, ITensorOperation operation)
    {
        var auxiliaries = request.Auxiliaries.ToDictionary(input => input.Name, input => input.Info);
        var needs = operation.Plan(new TensorJobRequest(request.Parameters, request.Image, auxiliaries));
        var shape = request.Image.Shape;
        var tiles = TilePlan.Create(shape, needs.Halo, MaximumElements(needs), needs.PrefersWholeStack ? int.MaxValue : SlabDepth(shape, needs.Halo));
        var slabPlanes = Math.Min(shape.Depth, tiles.CoreDepth + (2L * needs.Halo.Z));
        var window = Math.Max(slabPlanes, options.QueueBytes / request.Image.PlaneBytes);
        return new JobPlan(operation, needs, tiles, needs.NeedsStatistics && request.Statistics is null, window);
    }

    /// <summary>Bytes on the device and in the server together.</summary>
    public long PredictMemory(JobRequest request, JobPlan? plan)
    {
        var auxiliaries = request.Auxiliaries.Sum(input => input.Info.TotalBytes);
        if (plan is null)
        {
            return auxiliaries + options.QueueBytes;
        }

        var device = plan.Needs.DeviceBytesFixed + (plan.Needs.DeviceBytesPerVoxel * plan.Tiles.LargestInputElementCount);
        var window = plan.Spools ? 0 : Math.Min(plan.WindowPlanes, request.Image.Shape.PlaneCount) * (double)request.Image.PlaneBytes;
        var slab = (double)plan.Tiles.CoreDepth * request.Image.Shape.PlaneElementCount * sizeof(float);
        var results = Math.Min((double)options.QueueBytes, request.Result.TotalBytes);
        return (long)Math.Min(long.MaxValue / 2, auxiliaries + device + window + slab + results);
    }

    private static int SlabDepth(VolumeShape shape, Halo halo)
    {
        var voxels = Math.Clamp(shape.ElementCount / SlabsPerVolume, SmallestSlabVoxels, SlabVoxels);
        return (int)Math.Clamp(Math.Max(voxels / shape.PlaneElementCount, (long)HalosPerSlab * halo.Z), 1, int.MaxValue);
    }

    private long MaximumElements(TensorJobPlan needs)
    {
        var elements = (options.MemoryBudgetBytes - needs.DeviceBytesFixed) / Math.Max(needs.DeviceBytesPerVoxel, 1);
        return elements >= 1
            ? (long)elements
            : throw new InferenceException(InferenceError.DeviceOutOfMemory, "InferenceBridge:MemoryBudgetBytes",
                $"The job takes {needs.DeviceBytesFixed} bytes on the device before its first voxel; accepted by this server: {options.MemoryBudgetBytes}.");
    }
}
