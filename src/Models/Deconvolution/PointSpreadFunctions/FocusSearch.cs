namespace InferenceBridge.Models;

/// <summary>Finds the stage position at which a point looks brightest.</summary>
internal static class FocusSearch
{
    private const int StepsPerResolution = 6;
    private const int MaximumSteps = 4000;
    private const double Golden = 0.6180339887498949;

    /// <param name="optics">The microscope.</param>
    /// <param name="intensity">Intensity on the axis at a stage position in µm.</param>
    public static double Find(Optics optics, Func<double, double> intensity)
    {
        if (optics.Model != PsfModel.GibsonLanni || optics.Mount is null)
        {
            return 0;
        }

        // Every zone of the pupil has a focus of its own; the brightest plane lies among them.
        var pupil = new ObjectivePupil(optics, optics.WavelengthNm);
        var resolution = optics.WavelengthNm / 1000 / Math.Abs(pupil.Excess(optics.ImmersionIndex, pupil.Edge));
        var (first, last) = Range(optics, pupil);
        (first, last) = (first - (3 * resolution), last + (3 * resolution));
        var steps = (int)Math.Clamp((last - first) / resolution * StepsPerResolution, 1, MaximumSteps);
        var step = (last - first) / steps;
        var best = Enumerable.Range(0, steps + 1).MaxBy(i => intensity(first + (i * step)));
        return Refine(first + ((best - 1) * step), first + ((best + 1) * step), intensity);
    }

    /// <summary>How far the zones of the pupil focus from each other, in µm.</summary>
    public static double Spread(Optics optics)
    {
        var (first, last) = Range(optics, new ObjectivePupil(optics, optics.WavelengthNm));
        return last - first;
    }

    private static (double First, double Last) Range(Optics optics, ObjectivePupil pupil)
    {
        const int zones = 64;
        var focuses = Enumerable.Range(0, zones).Select(i =>
        {
            var (from, to) = (pupil.Edge * i / zones, pupil.Edge * (i + 1) / zones);
            var defocus = pupil.Excess(optics.ImmersionIndex, to) - pupil.Excess(optics.ImmersionIndex, from);
            return (pupil.Path(to) - pupil.Path(from)) / defocus;
        }).Order().ToArray();
        return (focuses[0], focuses[^1]);
    }

    private static double Refine(double low, double high, Func<double, double> intensity)
    {
        while (high - low > 1e-7)
        {
            var (a, b) = (high - (Golden * (high - low)), low + (Golden * (high - low)));
            (low, high) = intensity(a) > intensity(b) ? (low, b) : (a, high);
        }

        return (low + high) / 2;
    }
}
