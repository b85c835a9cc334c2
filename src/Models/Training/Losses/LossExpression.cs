namespace InferenceBridge.Models.Training;

/// <summary>Losses as people write them: "mse", "l1+0.5*gradient", "mse + 0.1*ssim".</summary>
internal static class LossExpression
{
    private static readonly Dictionary<string, ILoss> Terms = new(StringComparer.Ordinal)
    {
        ["mse"] = new MeanSquaredLoss(), ["l1"] = new AbsoluteLoss(), ["gradient"] = new GradientLoss(), ["ssim"] = new SimilarityLoss(),
    };

    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: not such a sum.</exception>
    public static ILoss Parse(string text) => new WeightedLosses(WeightedTerms.Parse("loss", text, Terms, "mse+0.1*ssim"));
}
