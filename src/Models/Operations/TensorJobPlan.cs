using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>What a tensor job needs.</summary>
public sealed record TensorJobPlan
{
    /// <summary>
    /// What a tile must see beyond its core so that tiled equals whole, or, where <see cref="PrefersWholeStack"/> is set,
    /// comes close to it.
    /// </summary>
    public Halo Halo { get; init; }

    /// <summary>
    /// True where tiling changes the result a little (Richardson–Lucy): the stack is cut only when memory demands it.
    /// False: results leave slab by slab while the upload goes on.
    /// </summary>
    public bool PrefersWholeStack { get; init; }

    /// <summary>Peak bytes on the device for each voxel of a tile with its halo, the tile itself and its result included.</summary>
    public double DeviceBytesPerVoxel { get; init; } = 3 * sizeof(float);

    /// <summary>
    /// Those of <see cref="DeviceBytesPerVoxel"/> that the job keeps on the device between its tiles, while other jobs compute theirs.
    /// </summary>
    public double DeviceBytesHeldPerVoxel { get; init; }

    /// <summary>Bytes on the device whatever the tile: weights, a PSF's transform.</summary>
    public long DeviceBytesFixed { get; init; }

    /// <summary>
    /// What jobs that may compute at the same time have in common, since they join their work there, such as a network; null where a
    /// job has the device to itself for a tile. Such jobs hold all of their device memory, <see cref="DeviceBytesHeldPerVoxel"/>.
    /// </summary>
    public object? SharesTurnsWith { get; init; }

    /// <summary>True where the job cannot start without <see cref="TensorJobContext.Statistics"/> over the whole image.</summary>
    public bool NeedsStatistics { get; init; }

    /// <summary>True where these must hold the noise law, which clients do not send.</summary>
    public bool NeedsNoiseLaw { get; init; }

    /// <summary>Sees the whole image before the job starts; null where nothing has to.</summary>
    public IImagePass? FirstPass { get; init; }
}
