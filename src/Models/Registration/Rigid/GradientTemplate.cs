using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>A template's <see cref="GradientSystem"/>s, each made when it is first needed: the further an image moves, the less of it is seen.</summary>
/// <param name="axes">Axes that images move along: 0 to 2; each at least <see cref="SmallestSize"/> long.</param>
internal sealed class GradientTemplate(int[] axes) : IDisposable
{
    /// <summary>Shortest axis along which a gradient tells motion, in px.</summary>
    public const int SmallestSize = 8;

    // Beyond the displacement: what interpolation takes from the nearest pixel instead of the next.
    private const int Spare = 2;

    private readonly Dictionary<(int Lateral, int Axial), GradientSystem?> _systems = [];
    private readonly Lock _lock = new();
    private Tensor? _template;
    private Tensor? _variance;

    /// <summary>Sets what images are compared with.</summary>
    public void Set(Tensor template, Tensor? variance)
    {
        Dispose();
        _template = template.clone().DetachFromDisposeScope();
        _variance = variance?.clone().DetachFromDisposeScope();
    }

    /// <summary>Follows the gradient from a displacement to where the template lies.</summary>
    /// <param name="image">float32, (z, y, x).</param>
    /// <param name="at">Where to begin: not more than about a pixel away.</param>
    /// <returns>Where it leads, and the last fit; null where it does not lead to the template, or too little of the image is seen.</returns>
    public (Displacement Found, GradientFit Fit)? Refine(Tensor image, Displacement at)
    {
        const int rounds = 3;
        const double small = 0.05, smallestGain = 0.1;
        var found = at;
        GradientFit fit = default;
        for (var round = 0; round < rounds; round++)
        {
            if (For(found) is not { } system)
            {
                return null;
            }

            using var moved = NewDisposeScope();
            fit = system.Fit(Resampler.Shift(image, found, Interpolation.Cubic));
            found += fit.Rest;
            if (!(fit.Gain > smallestGain) || !((found - at).Squared < 1))
            {
                return null;
            }

            if (fit.Rest.Squared < small * small)
            {
                break;
            }
        }

        return (found, fit);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var system in _systems.Values)
        {
            system?.Dispose();
        }

        _systems.Clear();
        _template?.Dispose();
        _variance?.Dispose();
    }

    private GradientSystem? For(Displacement displacement)
    {
        var shape = _template!.shape;
        var (height, width) = ((int)shape[1], (int)shape[2]);
        var lateral = 4;
        while (lateral < Math.Max(Math.Abs(displacement.Y), Math.Abs(displacement.X)) + Spare)
        {
            lateral = (2 * lateral) + 4;
        }

        var axial = axes.Contains(0) ? (int)Math.Ceiling(Math.Abs(displacement.Z) - 0.01) : 0;
        int[] margin = [axial, Lateral(1, height, lateral), Lateral(2, width, lateral)];
        if (margin[1] > height / 3 || margin[2] > width / 3 || (axes.Contains(0) && shape[0] - (2 * axial) < SmallestSize / 2))
        {
            return null;
        }

        lock (_lock)
        {
            if (!_systems.TryGetValue((lateral, axial), out var system))
            {
                _systems[(lateral, axial)] = system = GradientSystem.Create(_template, _variance, axes, margin);
            }

            return system;
        }
    }

    // An axis along which nothing moves loses nothing.
    private int Lateral(int axis, int size, int margin) => axes.Contains(axis) ? margin : Math.Min(margin, (size - 1) / 4);
}
