namespace InferenceBridge.Models.Packages;

/// <summary>Steps of format 0.4: axes by letter, and lists of values that run along the axes that are not named.</summary>
internal static class StepReader04
{
    public static ProcessingStep Read(YamlField step, IReadOnlyList<AxisDescription> axes)
    {
        var (name, kwargs) = (step["name"], step["kwargs"]);
        return name.RequireText() switch
        {
            "binarize" => new BinarizeStep(new AlongAxis(StepNumbers.Values(kwargs["threshold"], null))),
            "clip" => StepNumbers.Clip(kwargs),
            "scale_linear" => new AffineStep(AlongAxis.Zero, Values(kwargs["gain"], kwargs["axes"], axes, 1), Values(kwargs["offset"], kwargs["axes"], axes, 0)),
            "sigmoid" => new SigmoidStep(),
            "softmax" => new SoftmaxStep(AxisKind.Channel),
            "zero_mean_unit_variance" when kwargs["mode"].Text == "fixed" => StepNumbers.Standardise(
                Values(kwargs["mean"], kwargs["axes"], axes, null), Values(kwargs["std"], kwargs["axes"], axes, null), kwargs["std"]),
            "zero_mean_unit_variance" => new StandardiseStep(Axes(Mode(kwargs)["axes"], axes), StepNumbers.Epsilon(kwargs)),
            "scale_range" => StepNumbers.ScaleRange(kwargs, Axes(Mode(kwargs)["axes"], axes)),
            "scale_mean_variance" => new MatchMomentsStep(
                Axes(Mode(kwargs)["axes"], axes), StepNumbers.Epsilon(kwargs), kwargs["reference_tensor"].RequireText()),
            _ => throw name.Fault(StepNumbers.Accepted),
        };
    }

    // The image is the data set, since a server knows no other.
    private static YamlField Mode(YamlField kwargs) => kwargs["mode"].Text is null or "per_sample" or "per_dataset"
        ? kwargs
        : throw kwargs["mode"].Fault("per_sample, per_dataset, or fixed for zero_mean_unit_variance");

    private static IReadOnlyList<AxisKind> Axes(YamlField field, IReadOnlyList<AxisDescription> axes) => field.IsMissing
        ? [.. axes.Select(axis => axis.Kind).Where(kind => kind != AxisKind.Batch)]
        : [.. field.RequireText().Select(letter => axes.FirstOrDefault(axis => axis.Id == $"{letter}")?.Kind
            ?? throw field.Fault($"letters out of {string.Concat(axes.Select(axis => axis.Id))}"))];

    private static AlongAxis Values(YamlField field, YamlField joint, IReadOnlyList<AxisDescription> axes, double? otherwise)
    {
        var values = StepNumbers.Values(field, otherwise);
        var free = axes.Where(axis => axis.Kind != AxisKind.Batch && !(joint.Text ?? "").Contains(axis.Id, StringComparison.Ordinal)).ToArray();
        return values.Length == 1 ? new AlongAxis(values)
            : free.Length == 1 ? new AlongAxis(values, free[0].Kind)
            : throw field.Refuse($"has {values.Length} values; accepted: one, or as many as there are along the one axis that \"axes\" leaves out.");
    }
}
