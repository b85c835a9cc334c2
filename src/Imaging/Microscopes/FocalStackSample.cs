using System.Globalization;

namespace InferenceBridge.Imaging;

/// <summary>A focal stack, between whose planes values are interpolated. Beyond its ends it shows its outermost planes.</summary>
public sealed class FocalStackSample : IFocalSample
{
    private readonly float[][] _planes;
    private readonly double _step;

    /// <param name="stack">One channel and one time point, or frames along T of one slice.</param>
    /// <param name="stepMicrometres">Distance of its planes in µm, above 0.</param>
    /// <param name="focus">The plane in focus, counted from 0; may lie between two.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ShapeInvalid"/>: fewer than two planes, or several channels; <see cref="InferenceError.ParameterOutOfRange"/>: an impossible
    /// step or focus.
    /// </exception>
    public FocalStackSample(MemoryVolume stack, double stepMicrometres, double focus)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var shape = stack.Info.Shape;
        if (shape.PlaneCount < 2 || shape.Channels != 1 || (shape.Depth > 1 && shape.Frames > 1))
        {
            throw new InferenceException(InferenceError.ShapeInvalid, "stack",
                $"The stack has the shape {shape}; accepted: one channel, and two planes or more along Z or along T.");
        }

        if (!(stepMicrometres > 0 && double.IsFinite(stepMicrometres)))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "z_step", string.Create(CultureInfo.InvariantCulture,
                $"z_step is {stepMicrometres}; accepted: a number of µm above 0."));
        }

        if (!(focus >= 0 && focus <= shape.PlaneCount - 1))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "focus", string.Create(CultureInfo.InvariantCulture,
                $"focus is plane {focus}; accepted: 0 to {shape.PlaneCount - 1}."));
        }

        (Height, Width, Focus, _step) = (shape.Height, shape.Width, focus, stepMicrometres);
        PixelMicrometres = stack.Info.Calibration.VoxelSizeMicrometres?.X;
        var pixels = (int)shape.PlaneElementCount;
        var values = stack.ToSingles();
        var (lowest, highest) = (values.Min(), values.Max());
        var scale = highest > lowest ? 1 / (highest - lowest) : 0;
        _planes = new float[shape.PlaneCount][];
        for (var i = 0; i < _planes.Length; i++)
        {
            _planes[i] = Array.ConvertAll(values[(i * pixels)..((i + 1) * pixels)], value => (value - lowest) * scale);
        }
    }

    /// <inheritdoc/>
    public int Height { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public double? PixelMicrometres { get; set; }

    /// <summary>The plane in focus, counted from 0.</summary>
    public double Focus { get; }

    /// <summary>Lowest and highest defocus that the stack shows, in µm.</summary>
    public (double Low, double High) Range => (-Focus * _step, (_planes.Length - 1 - Focus) * _step);

    /// <inheritdoc/>
    public float[] At(double defocus)
    {
        var place = Math.Clamp(Focus + (defocus / _step), 0, _planes.Length - 1);
        var below = Math.Min((int)place, _planes.Length - 2);
        var part = (float)(place - below);
        var (low, high) = (_planes[below], _planes[below + 1]);
        var light = new float[low.Length];
        for (var i = 0; i < light.Length; i++)
        {
            light[i] = low[i] + (part * (high[i] - low[i]));
        }

        return light;
    }
}
