using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Finds by how much whole frames have shifted: phase correlation, then the gradient of the template, which is faster, and knows which
/// pixels change by themselves, and how far it may be off.
/// </summary>
internal sealed class RigidEstimator : IMotionEstimator
{
    // A frame lies where an earlier pass has found it if the template shows in it so clearly; otherwise it is looked for again.
    private const double CertainGain = 0.8;
    private const double CertainErrors = 5;

    private readonly PhaseCorrelation _correlation;
    private readonly GradientTemplate? _gradient;
    private readonly MotionPrior _prior = new();
    private readonly int[] _reach;

    /// <param name="sizes">Sizes along z, y and x.</param>
    /// <param name="reach">Largest shift along each, in whole px.</param>
    /// <param name="smoothing">Standard deviation of the Gaussian that the correlation is smoothed with, in px.</param>
    /// <param name="device">Where to run.</param>
    public RigidEstimator(int[] sizes, int[] reach, double smoothing, Device device)
    {
        _correlation = new PhaseCorrelation(sizes, reach, smoothing, ScalarType.Float32, device);
        _reach = reach;
        int[] axes = [.. Enumerable.Range(0, 3).Where(axis => reach[axis] > 0)];
        _gradient = axes.Length > 0 && axes.All(axis => sizes[axis] >= GradientTemplate.SmallestSize) ? new GradientTemplate(axes) : null;
    }

    public void SetTemplate(Tensor template, Tensor? variance = null)
    {
        _correlation.SetTemplate(template);
        _gradient?.Set(template, variance);
    }

    public Motion Estimate(Tensor image, Displacement? start)
    {
        var found = Find(image, start);
        if (found.Variance is not { } variance)
        {
            return new RigidMotion(Within(found.Displacement), found.Displacement, null);
        }

        return new RigidMotion(Within(_prior.Expected(found.Displacement, variance)), found.Displacement, variance);
    }

    public void Learn(Motion motion)
    {
        if (motion is RigidMotion { Variance: { } variance } rigid)
        {
            _prior.Learn(rigid.Measured, variance);
        }
    }

    public void Update() => _prior.Update();

    public void Write(BinaryWriter writer) => _prior.Write(writer);

    public void Read(BinaryReader reader) => _prior.Read(reader);

    public void Dispose()
    {
        _correlation.Dispose();
        _gradient?.Dispose();
    }

    /// <summary>The displacement, and the squares of its standard errors where they are known.</summary>
    internal (Displacement Displacement, Displacement? Variance) Find(Tensor image, Displacement? start)
    {
        if (_gradient is null)
        {
            return (_correlation.Estimate(image), null);
        }

        (Displacement Found, GradientFit Fit)? before = start is { } at ? _gradient.Refine(image, at) : null;
        if (before is { } known && known.Fit.Gain > CertainGain && known.Fit.Gain > CertainErrors * known.Fit.GainError)
        {
            return (known.Found, known.Fit.Variance);
        }

        var coarse = _correlation.Estimate(image, refines: false);
        var refined = _gradient.Refine(image, coarse);
        if (before is { } other && (refined is not { } better || better.Fit.Gain < other.Fit.Gain))
        {
            refined = before;
        }

        return refined is { } final ? (final.Found, final.Fit.Variance) : (_correlation.Estimate(image), null);
    }

    private Displacement Within(Displacement found) => new(
        Math.Clamp(found.Z, -_reach[0], _reach[0]), Math.Clamp(found.Y, -_reach[1], _reach[1]), Math.Clamp(found.X, -_reach[2], _reach[2]));

    /// <summary>A shift with what it was measured as; no variance where that is not known.</summary>
    private sealed class RigidMotion(Displacement shift, Displacement measured, Displacement? variance) : Motion(shift)
    {
        public Displacement Measured => measured;

        public Displacement? Variance => variance;
    }
}
