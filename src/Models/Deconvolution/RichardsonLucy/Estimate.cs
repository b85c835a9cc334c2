using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// The estimate of a Richardson–Lucy iteration on its grid. Accelerated, it also holds the last estimate and step, from which the next
/// iteration's starting point is predicted: D. S. C. Biggs and M. Andrews, Applied Optics 36, 1766 (1997); Y. Nesterov, Soviet Math. Dokl. 27,
/// 372 (1983).
/// </summary>
/// <param name="values">float32, (z, y, x): the starting point of the next iteration, changed in place.</param>
/// <param name="options">Parameters.</param>
/// <param name="image">Sizes of the image, which is the first part of the grid.</param>
/// <param name="momenta">
/// What the blocks of the image share of the choice how much of the last step each prediction adds. Null where the image is whole.
/// </param>
internal sealed class Estimate(Tensor values, RichardsonLucyOptions options, (long Depth, long Height, long Width) image, Momenta? momenta)
{
    private readonly Tensor? _previous = options.Accelerated ? values.clone() : null;
    private readonly Tensor? _step = options.Acceleration == Acceleration.BiggsAndrews ? zeros_like(values) : null;
    private readonly bool _measures = options.StopBelow > 0;
    private readonly Lock _lock = new();
    private double _changed;
    private double _light;
    private double _product;
    private double _square;
    private int _iteration;
    private double _momentum;

    /// <summary>The starting point of the next iteration or, after the last one, the result.</summary>
    public Tensor Values => values;

    /// <summary>Change of the last iteration as a part of the light; NaN unless the options ask for a stop.</summary>
    public double RelativeChange => _measures ? _changed / Math.Max(_light, double.Epsilon) : double.NaN;

    /// <summary>Begins an iteration.</summary>
    public void Begin() => (_changed, _light, _product, _square) = (0, 0, 0, 0);

    /// <summary>Multiplies planes by their correction. Pieces may run at once.</summary>
    public Tensor Correct(Piece planes, Tensor correction)
    {
        var start = values.narrow(0, planes.Start, planes.Length);
        if (_previous is null && !_measures)
        {
            return start.mul_(correction);
        }

        var improved = start.mul(correction);
        var last = _previous?.narrow(0, planes.Start, planes.Length) ?? start;
        var (changed, light) = _measures ? (Sum(improved.sub(last).abs_()), Sum(last)) : (0, 0);
        var (product, square) = (0.0, 0.0);
        if (_step is not null)
        {
            var step = improved.sub(start);
            var before = _step.narrow(0, planes.Start, planes.Length);
            (product, square) = Compare(Seen(step, planes), Seen(before, planes));
            before.copy_(step);
        }

        start.copy_(improved);
        lock (_lock)
        {
            (_changed, _light, _product, _square) = (_changed + changed, _light + light, _product + product, _square + square);
        }

        return start;
    }

    /// <summary>Ends an iteration: decides how much of its step the prediction adds, from 0 to 1.</summary>
    public void End()
    {
        if (options.Acceleration == Acceleration.Nesterov)
        {
            _momentum = _iteration / (_iteration + 3.0);
        }
        else
        {
            _momentum = momenta?.At(_iteration, _product, _square) ?? Momenta.Of(_product, _square);
        }

        _iteration++;
    }

    /// <summary>Goes on from planes to where the next iteration starts; only where it is accelerated.</summary>
    public Tensor Predict(Piece planes)
    {
        var (current, last) = (values.narrow(0, planes.Start, planes.Length), _previous!.narrow(0, planes.Start, planes.Length));
        var prediction = current.sub(last).mul_(_momentum).add_(current).clamp_min_(0);
        last.copy_(current);
        return current.copy_(prediction);
    }

    private static (double Product, double Square) Compare(Tensor step, Tensor before) => (Sum(step.mul(before)), Sum(before.square()));

    // Beyond the image's faces the steps tell of how it was cut more than of what it shows.
    private Tensor Seen(Tensor step, Piece planes) =>
        step.narrow(0, 0, Math.Clamp(image.Depth - planes.Start, 0, planes.Length)).narrow(1, 0, image.Height).narrow(2, 0, image.Width);

    private static double Sum(Tensor tensor) => tensor.sum(ScalarType.Float64).item<double>();
}
