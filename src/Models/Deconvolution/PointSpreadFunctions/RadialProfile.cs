namespace InferenceBridge.Models;

/// <summary>Intensity over the distance from the axis, tabulated much more finely than diffraction lets it vary.</summary>
/// <param name="step">Distance of samples in µm.</param>
/// <param name="values">Intensity at 0, step, 2 step, ...; at least four.</param>
internal sealed class RadialProfile(double step, double[] values)
{
    /// <summary>Intensities at the samples.</summary>
    public double[] Values => values;

    /// <summary>Intensity at a distance of at most that of the last sample but one, by a cubic through the four nearest samples.</summary>
    public double At(double radius)
    {
        var position = radius / step;
        var i = Math.Min((int)position, values.Length - 3);
        var t = position - i;

        // On the other side of the axis the values are the same.
        var (a, b, c, d) = (values[Math.Abs(i - 1)], values[i], values[i + 1], values[i + 2]);
        var cubic = (-a * t * (t - 1) * (t - 2) / 6) + (b * (t + 1) * (t - 1) * (t - 2) / 2)
            - (c * (t + 1) * t * (t - 2) / 2) + (d * (t + 1) * t * (t - 1) / 6);
        return Math.Max(0, cubic);
    }
}
