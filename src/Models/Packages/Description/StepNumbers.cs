namespace InferenceBridge.Models.Packages;

/// <summary>Numbers of steps, which both versions of the format spell alike.</summary>
internal static class StepNumbers
{
    public const string Accepted = "ensure_dtype, binarize, clip, scale_linear, sigmoid, softmax, zero_mean_unit_variance, "
        + "fixed_zero_mean_unit_variance, scale_range, scale_mean_variance";

    private const double DefaultEpsilon = 1e-6;

    public static double Epsilon(YamlField kwargs) => kwargs["eps"].Number() switch
    {
        null => DefaultEpsilon,
        { } value when value > 0 && value <= 0.1 => value,
        _ => throw kwargs["eps"].Fault("a number above 0, at most 0.1"),
    };

    public static double[] Values(YamlField field, double? otherwise)
    {
        double[] values = field.IsList ? [.. field.Items.Select(Finite)]
            : field.IsMissing && otherwise is { } fallback ? [fallback] : [Finite(field)];
        return values.Length > 0 ? values : throw field.Fault("at least one number");
    }

    public static ClipStep Clip(YamlField kwargs)
    {
        foreach (var name in new[] { "min_percentile", "max_percentile" })
        {
            if (!kwargs[name].IsMissing)
            {
                throw kwargs[name].Fault("min and max, for clip");
            }
        }

        var (minimum, maximum) = (kwargs["min"].Number(), kwargs["max"].Number());
        return (minimum ?? double.NegativeInfinity) < (maximum ?? double.PositiveInfinity)
            ? new ClipStep(minimum, maximum)
            : throw kwargs["max"].Fault("a number above min");
    }

    public static ScaleRangeStep ScaleRange(YamlField kwargs, IReadOnlyList<AxisKind> axes)
    {
        var (lower, upper) = (kwargs["min_percentile"].Number() ?? 0, kwargs["max_percentile"].Number() ?? 100);
        if (!(lower >= 0 && lower < upper && upper <= 100))
        {
            throw kwargs["max_percentile"].Refuse($"is {upper} and min_percentile {lower}; accepted: 0 ≤ min < max ≤ 100.");
        }

        return new ScaleRangeStep(axes, Epsilon(kwargs), lower, upper, kwargs["reference_tensor"].Text);
    }

    public static AffineStep Standardise(AlongAxis mean, AlongAxis deviation, YamlField field) => deviation.Values.All(value => value > 0)
        ? new AffineStep(mean, deviation with { Values = [.. deviation.Values.Select(value => 1 / value)] }, AlongAxis.Zero)
        : throw field.Fault("numbers above 0");

    private static double Finite(YamlField field) => field.Require("a number").Number() is { } value && double.IsFinite(value)
        ? value
        : throw field.Fault("a finite number");
}
