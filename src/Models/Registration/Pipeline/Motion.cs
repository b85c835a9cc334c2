using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// How a frame has moved: the content of the template's pixel p lies at p + d(p) in the frame, so the corrected frame at p is the frame at
/// p + d(p). Estimators that learn along the frames derive from it to carry what they learn from.
/// </summary>
/// <param name="shift">The displacement of all pixels; with a field, the field's mean.</param>
/// <param name="field">
/// float32, (2, y, x), in px: first the part along y, then that along x, whole, the shift included; the same for all slices. Null where the
/// frame has moved rigidly. The motion owns it.
/// </param>
internal class Motion(Displacement shift, Tensor? field = null) : IDisposable
{
    /// <summary>The displacement of all pixels, or the mean of the field.</summary>
    public Displacement Shift => shift;

    /// <summary>Displacements by pixel; null where all are <see cref="Shift"/>.</summary>
    public Tensor? Field { get; } = field?.DetachFromDisposeScope();

    /// <summary>Whether nothing moves.</summary>
    public bool IsZero => Field is null && shift == Displacement.Zero;

    /// <summary>A motion by a field.</summary>
    /// <param name="field">float32, (2, y, x), in px; the motion takes it over.</param>
    public static Motion Of(Tensor field) => new(MeanOf(field), field);

    /// <summary>The mean of a field.</summary>
    /// <param name="field">(2, y, x).</param>
    public static Displacement MeanOf(Tensor field)
    {
        using var scope = NewDisposeScope();
        var means = field.mean([1, 2]).to(CPU).to_type(ScalarType.Float64).data<double>().ToArray();
        return new Displacement(0, means[0], means[1]);
    }

    /// <summary>An image as it stands after the motion is taken back.</summary>
    /// <param name="image">float32, (..., z, y, x).</param>
    /// <param name="interpolation">How values between pixels are made.</param>
    public Tensor Apply(Tensor image, Interpolation interpolation = Interpolation.Cubic) =>
        Field is null ? Resampler.Shift(image, shift, interpolation) : FieldWarp.Sample(image, Field, interpolation);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the field.</summary>
    protected virtual void Dispose(bool disposing) => Field?.Dispose();
}
