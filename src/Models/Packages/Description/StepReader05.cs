namespace InferenceBridge.Models.Packages;

/// <summary>Steps of format 0.5: axes by name.</summary>
internal static class StepReader05
{
    public static ProcessingStep Read(YamlField step, IReadOnlyList<AxisDescription> axes)
    {
        var (id, kwargs) = (step["id"], step["kwargs"]);
        return id.RequireText() switch
        {
            "ensure_dtype" => new EnsureTypeStep(ElementTypes.Read(kwargs["dtype"].Require("an element type"))),
            "binarize" => new BinarizeStep(Values(kwargs["threshold"], kwargs["axis"], axes)),
            "clip" => StepNumbers.Clip(kwargs),
            "scale_linear" => new AffineStep(AlongAxis.Zero,
                Values(kwargs["gain"], kwargs["axis"], axes, 1), Values(kwargs["offset"], kwargs["axis"], axes, 0)),
            "fixed_zero_mean_unit_variance" => StepNumbers.Standardise(
                Values(kwargs["mean"], kwargs["axis"], axes), Values(kwargs["std"], kwargs["axis"], axes), kwargs["std"]),
            "sigmoid" => new SigmoidStep(),
            "softmax" => new SoftmaxStep(kwargs["axis"].IsMissing ? AxisKind.Channel : Axis(kwargs["axis"], axes)),
            "zero_mean_unit_variance" => new StandardiseStep(Axes(kwargs["axes"], axes), StepNumbers.Epsilon(kwargs)),
            "scale_range" => StepNumbers.ScaleRange(kwargs, Axes(kwargs["axes"], axes)),
            "scale_mean_variance" => new MatchMomentsStep(
                Axes(kwargs["axes"], axes), StepNumbers.Epsilon(kwargs), kwargs["reference_tensor"].RequireText()),
            _ => throw id.Fault(StepNumbers.Accepted),
        };
    }

    private static AlongAxis Values(YamlField field, YamlField axis, IReadOnlyList<AxisDescription> axes, double? otherwise = null)
    {
        var values = StepNumbers.Values(field, otherwise);
        return new AlongAxis(values, axis.IsMissing ? AxisKind.Channel : Axis(axis, axes));
    }

    private static IReadOnlyList<AxisKind> Axes(YamlField field, IReadOnlyList<AxisDescription> axes) => field.IsMissing
        ? [.. axes.Select(axis => axis.Kind).Where(kind => kind != AxisKind.Batch)]
        : [.. field.Items.Select(item => Axis(item, axes))];

    private static AxisKind Axis(YamlField field, IReadOnlyList<AxisDescription> axes) =>
        axes.FirstOrDefault(axis => axis.Id == field.RequireText())?.Kind
            ?? throw field.Fault($"one of {string.Join(", ", axes.Select(axis => axis.Id))}");
}
