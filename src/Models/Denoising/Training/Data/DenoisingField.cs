using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>One channel of a file as a network sees it.</summary>
/// <param name="Images">The noisy planes in <paramref name="Domain"/>.</param>
/// <param name="Domain">The intensities of the planes.</param>
/// <param name="Clean">The clean planes in their own unit; null where there are none.</param>
/// <param name="Targets">The clean planes in the domain; null where there are none.</param>
internal sealed record DenoisingField(ChannelImages Images, StabilisedDomain Domain, ChannelImages? Clean, float[][][]? Targets)
{
    /// <summary>Stabilises noisy images; takes over their planes.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: the images show no noise.</exception>
    public static DenoisingField Create(ChannelImages noisy)
    {
        var law = new NoiseLawEstimator();
        var (sum, minimum, maximum) = (0d, float.PositiveInfinity, float.NegativeInfinity);
        var count = 0L;
        foreach (var plane in noisy.Planes)
        {
            law.Add(plane, noisy.Height, noisy.Width);
            foreach (var value in plane)
            {
                sum += value;
                (minimum, maximum) = (Math.Min(minimum, value), Math.Max(maximum, value));
            }

            count += plane.Length;
        }

        if (minimum.Equals(maximum))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, noisy.File,
                $"{noisy.Name} is {minimum} everywhere; accepted: images with structure and noise.");
        }

        var domain = StabilisedDomain.From(law.Estimate(), sum / count)
            ?? throw new InferenceException(InferenceError.ParameterOutOfRange, noisy.File,
                $"{noisy.Name} of {noisy.Height}×{noisy.Width} pixels shows no noise, or is too small to tell; accepted: noisy images of at least 12×12 pixels.");
        return new DenoisingField(
            noisy with { Series = Map(noisy.Series, value => domain.Forward(value)) }, domain, null, null);
    }

    /// <summary>Stabilises noisy images and the clean ones of the same field, which may be scaled otherwise.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterOutOfRange"/>: no noise, or nothing in common; <see cref="InferenceError.ShapeMismatch"/>.
    /// </exception>
    public static DenoisingField Create(ChannelImages noisy, ChannelImages clean)
    {
        if (noisy.Height != clean.Height || noisy.Width != clean.Width
            || !noisy.Series.Select(series => series.Length).SequenceEqual(clean.Series.Select(series => series.Length)))
        {
            throw new InferenceException(InferenceError.ShapeMismatch, clean.File,
                $"{clean.Name} has {clean.Planes.Count()} planes of {clean.Height}×{clean.Width} pixels, and {noisy.Name} has "
                + $"{noisy.Planes.Count()} of {noisy.Height}×{noisy.Width}; accepted: equal sizes.");
        }

        var fit = LinearFit.Of(clean.Planes, noisy.Planes);
        if (!(fit.Gain > 0))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, clean.File,
                $"{clean.Name} and {noisy.Name} have nothing in common: a fit gives the gain {fit.Gain:g3}; accepted: images of the same field.");
        }

        var field = Create(noisy);
        return field with
        {
            Clean = clean, Targets = Map(clean.Series, value => field.Domain.Expected((fit.Gain * value) + fit.Offset)),
        };
    }

    private static float[][][] Map(float[][][] series, Func<float, float> map) => [.. series.Select(planes =>
    {
        var result = new float[planes.Length][];
        Parallel.For(0, planes.Length, i => result[i] = Array.ConvertAll(planes[i], value => map(value)));
        return result;
    })];
}
