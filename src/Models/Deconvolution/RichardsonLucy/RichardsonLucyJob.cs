using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Richardson–Lucy on the tiles of an image, each channel with its PSF.</summary>
/// <param name="psfs">One for all channels, or one for each.</param>
/// <param name="options">Parameters.</param>
/// <param name="stack">Sizes of a whole stack.</param>
/// <param name="mean">Mean of the whole image; null where it is not needed.</param>
/// <param name="device">Where to run.</param>
internal sealed class RichardsonLucyJob(
    IReadOnlyList<PointSpreadFunction> psfs, RichardsonLucyOptions options, Imaging.VolumeShape stack, double? mean, Device device) : ITensorJob
{
    // The weight of total variation has no unit; this only bounds what counts as flat.
    private readonly double _light = Math.Max((mean ?? 1) - options.Background, 1e-6);
    private readonly PerChannel<RichardsonLucyKernel> _kernels = new(psfs.Count);
    private readonly Dictionary<int, Momenta> _momenta = [];
    private (int Least, int Most) _iterations = (int.MaxValue, 0);
    private readonly IReadOnlyList<string> _warnings = PsfInput.Warnings(psfs);
    private bool _inBlocks;
    private double _residual;
    private double _image;

    public IReadOnlyList<string> Warnings => _inBlocks && options.Acceleration == Acceleration.BiggsAndrews
        ? [.. _warnings, "The stack was cut into blocks, and what accelerates the first block was used for all of them; acceleration nesterov comes closer to the whole."]
        : _warnings;

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
        _inBlocks |= !IsWhole(tile);
        var kernel = _kernels.For(context.Channel, channel => new RichardsonLucyKernel(psfs[channel], options, _light, device));
        if (context.IsProbe)
        {
            // With what the whole would have chosen, so that the choice of the first block counts as a difference too.
            return kernel.Apply(tile, context.Cancellation, momenta: MomentaOf(context.Channel).OfAll()).Result.MoveToOuterDisposeScope();
        }

        var (result, run) = kernel.Apply(tile, context.Cancellation, context.Iterated, IsWhole(tile) ? null : MomentaOf(context.Channel));
        _iterations = (Math.Min(_iterations.Least, run.Iterations), Math.Max(_iterations.Most, run.Iterations));
        (_residual, _image) = (_residual + run.SquaredResidual, _image + run.SquaredImage);
        return result.MoveToOuterDisposeScope();
    }

    public void Dispose() => _kernels.Dispose();

    private bool IsWhole(Tensor tile) => tile.shape[0] == stack.Depth && tile.shape[1] == stack.Height && tile.shape[2] == stack.Width;

    private Momenta MomentaOf(int channel) => _momenta.TryGetValue(channel, out var momenta) ? momenta : _momenta[channel] = new Momenta();

    private string Algorithm() => "Richardson–Lucy"
        + options.Acceleration switch
        {
            Acceleration.BiggsAndrews => ", Biggs–Andrews acceleration",
            Acceleration.Nesterov => ", Nesterov acceleration",
            _ => "",
        }
        + options.Regularisation switch
        {
            Regularisation.TotalVariation => ", total variation",
            Regularisation.Tikhonov => ", Tikhonov",
            _ => "",
        };
}
