namespace InferenceBridge.Models.Tests;

/// <summary>Microscopes and what tests read off their point-spread functions.</summary>
internal static class Scene
{
    public static Optics Oil { get; } = new() { NumericalAperture = 1.4, WavelengthNm = 520, ImmersionIndex = 1.515 };

    /// <summary>A cone so narrow that the paraxial formulas hold.</summary>
    public static Optics Narrow { get; } = new() { NumericalAperture = 0.2, WavelengthNm = 500, ImmersionIndex = 1 };

    /// <summary>Intensity relative to the brightest point, at a distance from the axis and from the brightest plane in µm.</summary>
    public static double Relative(Optics optics, double radius, double z)
    {
        var field = new MicroscopeField(optics, radius + 0.1, Math.Abs(z));
        return field.Profile(z).At(radius) / field.Profile(0).Values[0];
    }

    public static float[] Values(Optics optics, PsfGrid grid) => PsfSampler.Sample(optics, grid).ToSingles();

    /// <summary>First place above <paramref name="from"/> where a falling function is below <paramref name="level"/>.</summary>
    public static double Falls(Func<double, double> value, double from, double to, double level)
    {
        for (var i = 0; i < 60; i++)
        {
            var middle = (from + to) / 2;
            (from, to) = value(middle) > level ? (middle, to) : (from, middle);
        }

        return from;
    }
}
