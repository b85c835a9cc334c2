using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Richardson–Lucy on the tiles of an image, each channel with its PSF.</summary>
/// <param name="psfs">One for all channels, or one for each.</param>
/// <param name="options">Parameters.</param>
/// <param name="mean">Mean of the whole image; null where it is not needed.</param>
/// <param name="device">Where to run.</param>
internal sealed class RichardsonLucyJob(
    IReadOnlyList<PointSpreadFunction> psfs, RichardsonLucyOptions options, double? mean, Device device) : ITensorJob
{
    // The weight of total variation has no unit; this only bounds what counts as flat.
    private readonly double _light = Math.Max((mean ?? 1) - options.Background, 1e-6);
    private readonly PerChannel<RichardsonLucyKernel> _kernels = new(psfs.Count);
    private (int Least, int Most) _iterations = (int.MaxValue, 0);
    private double _residual;
    private double _image;

    public IReadOnlyList<string> Warnings { get; } = PsfInput.Warnings(psfs);

    public IReadOnlyDictionary<string, object> EstimatedParameters { get; } = new Dictionary<string, object>();

    public IReadOnlyDictionary<string, string> Details
    {
        get
        {
            var details = PsfDetails.Of(psfs);
            details["algorithm"] = Algorithm();
            if (_iterations.Most > 0)
            {
                details["iterations_run"] = _iterations.Least == _iterations.Most ? $"{_iterations.Most}" : $"{_iterations.Least} to {_iterations.Most}";
                details["residual"] = FormattableString.Invariant($"{Math.Sqrt(_residual / Math.Max(_image, double.Epsilon)):g4}");
            }

            return details;
        }
    }

    public Tensor Process(Tensor tile, CancellationToken cancellation) => Process(tile, new TileContext(0, cancellation));

    public Tensor Process(Tensor tile, TileContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        var kernel = _kernels.For(context.Channel, channel => new RichardsonLucyKernel(psfs[channel], options, _light, device));
        var (result, run) = kernel.Apply(tile, context.Cancellation, context.Iterated);
        _iterations = (Math.Min(_iterations.Least, run.Iterations), Math.Max(_iterations.Most, run.Iterations));
        (_residual, _image) = (_residual + run.SquaredResidual, _image + run.SquaredImage);
        return result.MoveToOuterDisposeScope();
    }

    public void Dispose() => _kernels.Dispose();

    private string Algorithm() => "Richardson–Lucy"
        + (options.Accelerated ? ", Biggs–Andrews acceleration" : "")
        + options.Regularisation switch
        {
            Regularisation.TotalVariation => ", total variation",
            Regularisation.Tikhonov => ", Tikhonov",
            _ => "",
        };
}
