using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>psf/from-beads: a measured point-spread function, the mean of the sound beads of a stack.</summary>
internal sealed class PsfFromBeadsOperation : IVolumeOperation
{
    // The stack as float32, smoothed twice, and its sorted sample.
    private const int WorkingBytesPerVoxel = 4 * sizeof(float);
    private const long MaximumVoxels = 1L << 30;

    private static readonly InputRole Stack = new(InputRole.ImageName,
        "A stack of beads that are smaller than the resolution, well apart and not saturated: one channel, one frame.");

    /// <inheritdoc/>
    public OperationDeclaration Declaration { get; } = new("psf/from-beads", "1", "Point-spread function: measured from beads")
    {
        Description = "Finds beads, leaves out those that touch others, are clipped by the stack's edge or the detector, or are too bright or dim, aligns "
            + "the rest to parts of a voxel, averages them, subtracts the background around them, sets to 0 what is no brighter than the noise, and "
            + "divides out the bead's diameter if it is given. The result sums to 1 and is centred. The summary tells which beads were used, "
            + "why others were not, and the full widths at half maximum.",
        Inputs = [Stack],
        Parameters = BeadOptions.Parameters,
        ResultPixelType = ResultPixelType.Float32,
    };

    /// <inheritdoc/>
    public VolumeJobPlan Plan(TensorJobRequest request)
    {
        var (shape, options) = (request.Image.Shape, BeadOptions.Read(request.Parameters, request.Image));
        if (shape.Channels != 1 || shape.Frames != 1 || shape.ElementCount > MaximumVoxels)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, InputRole.ImageName,
                $"The image is {shape}; accepted: 1 frame and 1 channel of at most {MaximumVoxels} voxels.");
        }

        var reach = options.ToWindow(request.Image).Reach;
        if (2 * reach.Z > shape.Depth || 2 * reach.Y > shape.Height || 2 * reach.X > shape.Width)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, InputRole.ImageName,
                $"A result of {options.Size} does not fit into the image of {shape}; accepted: a smaller size_z, size_y or size_x.");
        }

        return new VolumeJobPlan(options.Size, options.ToCalibration(request.Image)) { WorkingBytes = shape.ElementCount * WorkingBytesPerVoxel };
    }

    /// <inheritdoc/>
    public VolumeJobResult Run(
        TensorJobRequest request, MemoryVolume? image, IReadOnlyDictionary<string, MemoryVolume> auxiliaries, CancellationToken cancellation)
    {
        var options = BeadOptions.Read(request.Parameters, request.Image);
        var (stack, window) = (new BeadStack(image!), options.ToWindow(request.Image));
        var beads = BeadSelection.Judge(
            stack, BeadFinder.Find(stack, options.Threshold, cancellation), window.Reach, options.BrightnessRatio);
        var used = beads.Where(bead => bead.Fault is null).ToArray();
        if (used.Length == 0)
        {
            throw new InferenceException(InferenceError.AuxiliaryInvalid, InputRole.ImageName,
                $"The image has no bead that could be used ({BeadReport.Faults(beads)}); accepted: beads well apart, away from the edges, not saturated; "
                + "or a smaller size_z, size_y or size_x, or another threshold.");
        }

        var average = BeadAverage.WithoutNoise(window, BeadAverage.Of(stack, window, used, cancellation));
        if (options.Diameter > 0)
        {
            average = BeadDiameter.Remove(average, window.Shape, DiameterInVoxels(options, request.Image));
        }

        var values = Normalise(average);
        var calibration = options.ToCalibration(request.Image);
        return new VolumeJobResult(MemoryVolume.FromSingles(values, window.Shape, calibration))
        {
            Warnings = BeadReport.Of(beads, used, PsfWidths.Measure(values, window.Shape), calibration, options),
            EstimatedParameters = new Dictionary<string, object>
            {
                ["size_z"] = (long)window.Shape.Depth, ["size_y"] = (long)window.Shape.Height, ["size_x"] = (long)window.Shape.Width,
            },
        };
    }

    private static Position DiameterInVoxels(BeadOptions options, VolumeInfo image)
    {
        var voxel = options.ToCalibration(image).VoxelSizeMicrometres!.Value;
        return new Position(options.Diameter / voxel.Z, options.Diameter / voxel.Y, options.Diameter / voxel.X);
    }

    private static float[] Normalise(double[] average)
    {
        var sum = average.Sum(value => Math.Max(0, value));
        return sum > 0
            ? Array.ConvertAll(average, value => (float)(Math.Max(0, value) / sum))
            : throw new InferenceException(InferenceError.AuxiliaryInvalid, InputRole.ImageName,
                "The beads are no brighter than the noise around them; accepted: brighter beads, or more of them.");
    }
}
