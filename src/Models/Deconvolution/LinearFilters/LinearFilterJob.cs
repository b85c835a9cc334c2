using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>A linear filter on the tiles of an image, each channel with its PSF.</summary>
/// <param name="algorithm">What it is, for the summary.</param>
/// <param name="psfs">One for all channels, or one for each.</param>
/// <param name="options">Parameters.</param>
/// <param name="device">Where to run.</param>
internal sealed class LinearFilterJob(string algorithm, IReadOnlyList<PointSpreadFunction> psfs, LinearFilterOptions options, Device device) : ITensorJob
{
    private readonly PerChannel<LinearFilterKernel> _kernels = new(psfs.Count);

    public IReadOnlyList<string> Warnings { get; } = PsfInput.Warnings(psfs);

    public IReadOnlyDictionary<string, object> EstimatedParameters { get; init; } = new Dictionary<string, object>();

    public IReadOnlyDictionary<string, string> Details
    {
        get
        {
            var details = PsfDetails.Of(psfs);
            details["algorithm"] = algorithm;
            return details;
        }
    }

    /// <summary>What every linear filter needs.</summary>
    public static TensorJobPlan Plan(TensorJobRequest request, bool needsStatistics)
    {
        var psf = PsfInput.Plan(request);

        // On the grid: the continued image and what it is gathered from, its spectrum, the filter, and while that is made, its parts.
        const int GridFloats = 10;
        var growth = DeconvolutionOptions.IsPeriodic(request.Parameters) ? 1 : FourierGrid.Growth(request.Image.Shape, psf);
        return new TensorJobPlan
        {
            Halo = new Imaging.Halo(psf.Depth - 1, psf.Height - 1, psf.Width - 1),
            PrefersWholeStack = true,
            DeviceBytesPerVoxel = sizeof(float) * ((GridFloats * growth) + 2),
            DeviceBytesHeldPerVoxel = sizeof(float) * growth,
            DeviceBytesFixed = psf.ElementCount * sizeof(float),
            NeedsStatistics = needsStatistics,
        };
    }

    public Tensor Process(Tensor tile, CancellationToken cancellation) => Process(tile, new TileContext(0, cancellation));

    public Tensor Process(Tensor tile, TileContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        var kernel = _kernels.For(context.Channel, channel => new LinearFilterKernel(psfs[channel], options, device));
        return kernel.Apply(tile, context.Cancellation).MoveToOuterDisposeScope();
    }

    public void Dispose() => _kernels.Dispose();
}
