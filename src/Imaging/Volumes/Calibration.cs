namespace InferenceBridge.Imaging;

/// <summary>Physical size of voxels and time between frames, in the units of the file they came from.</summary>
public sealed record Calibration
{
    /// <summary>No calibration: sizes in pixels.</summary>
    public static Calibration None { get; } = new();

    /// <summary>Distance of voxel centres along X, in <see cref="Unit"/>; 1 where unknown.</summary>
    public double VoxelWidth { get; init; } = 1;

    /// <summary>Distance of voxel centres along Y, in <see cref="Unit"/>; 1 where unknown.</summary>
    public double VoxelHeight { get; init; } = 1;

    /// <summary>Distance of voxel centres along Z, in <see cref="Unit"/>; 1 where unknown.</summary>
    public double VoxelDepth { get; init; } = 1;

    /// <summary>Unit of length as the file spells it ("micron", "µm", "nm", "pixel", ...).</summary>
    public string Unit { get; init; } = "pixel";

    /// <summary>Time between frames in <see cref="TimeUnit"/>; 0 where unknown.</summary>
    public double FrameInterval { get; init; }

    /// <summary>Unit of time as the file spells it; "sec" in ImageJ.</summary>
    public string TimeUnit { get; init; } = "sec";

    /// <summary>Voxel size (x, y, z) in µm; null where the unit is not a length.</summary>
    public (double X, double Y, double Z)? VoxelSizeMicrometres =>
        LengthUnits.TryGetMicrometres(Unit, out var factor)
            ? (VoxelWidth * factor, VoxelHeight * factor, VoxelDepth * factor)
            : null;

    /// <summary>Time between frames in seconds; null where unknown.</summary>
    public double? FrameIntervalSeconds =>
        FrameInterval > 0 && TimeUnits.TryGetSeconds(TimeUnit, out var factor) ? FrameInterval * factor : null;
}
