using System.Globalization;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>One point-spread function to make.</summary>
/// <param name="Operation">Id of the operation.</param>
/// <param name="Beads">The stack of beads; null where the point-spread function comes from optics.</param>
/// <param name="Output">File to write.</param>
internal sealed record PsfJob(string Operation, string? Beads, string Output)
{
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Voxel size of the result; null takes that of <see cref="Like"/>, or of the beads.</summary>
    public VoxelSize? Voxel { get; init; }

    /// <summary>A file whose voxel size the result has.</summary>
    public string? Like { get; init; }

    /// <summary>Slices, rows and columns; null leaves them to the operation.</summary>
    public IReadOnlyList<double>? Size { get; init; }

    public string? Picture { get; init; }

    public TiffWriteOptions OutputOptions { get; init; } = new();

    /// <summary>What is sent: the beads; from optics, the image that it shall fit, or a single pixel that bears the voxel size.</summary>
    public IVolumeReader OpenImage() => (Beads ?? Like) is { } file
        ? VolumeFile.OpenRead(file)
        : new MemoryVolume(new VolumeInfo(new VolumeShape(1, 1, 1), PixelType.UInt8)
        {
            Calibration = Voxel is null
                ? Calibration.None
                : new Calibration { VoxelWidth = Voxel.X, VoxelHeight = Voxel.Y, VoxelDepth = Voxel.Z, Unit = "µm" },
        });

    /// <summary>The parameters that were typed, and those that options stand for.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.UsageInvalid"/>.</exception>
    public IReadOnlyDictionary<string, string> ParametersFor(VolumeInfo image)
    {
        var parameters = new Dictionary<string, string>(Parameters);
        if (Size is [var depth, var height, var width])
        {
            Set(parameters, "size_z", depth, "--size");
            Set(parameters, "size_y", height, "--size");
            Set(parameters, "size_x", width, "--size");
        }

        if (Beads is not null && WantedVoxel() is { } voxel)
        {
            if (Math.Abs(voxel.Y - voxel.X) > 1e-6 * voxel.X)
            {
                throw new InferenceException(InferenceError.UsageInvalid, "voxel-size", string.Create(CultureInfo.InvariantCulture,
                    $"The voxel size is {voxel.Y} along y and {voxel.X} along x; accepted: equal values for from-beads."));
            }

            Set(parameters, "pixel_size", voxel.X, "the voxel size");
            if (image.Shape.Depth > 1)
            {
                Set(parameters, "z_step", voxel.Z, "the voxel size");
            }
        }

        return parameters;
    }

    private VoxelSize? WantedVoxel()
    {
        if (Like is null)
        {
            return Voxel;
        }

        using var like = VolumeFile.OpenRead(Like);
        return like.Info.Calibration.VoxelSizeMicrometres is { } size
            ? new VoxelSize(size.Z, size.Y, size.X)
            : throw new InferenceException(InferenceError.UsageInvalid, "like", $"{Like} does not tell its voxel size; accepted: --voxel-size Z,Y,X in µm.");
    }

    private static void Set(Dictionary<string, string> parameters, string name, double value, string option)
    {
        if (!parameters.TryAdd(name, value.ToString(CultureInfo.InvariantCulture)))
        {
            throw new InferenceException(InferenceError.UsageInvalid, name, $"{name} and {option} are both given; accepted: one of them.");
        }
    }
}
