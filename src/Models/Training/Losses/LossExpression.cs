using System.Globalization;

namespace InferenceBridge.Models.Training;

/// <summary>Losses as people write them: "mse", "l1+0.5*gradient", "mse + 0.1*ssim".</summary>
internal static class LossExpression
{
    private const string Accepted = "sums of mse, l1, gradient and ssim with factors above 0, such as mse+0.1*ssim";

    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: not such a sum.</exception>
    public static ILoss Parse(string text) => new WeightedLosses([.. text.Split('+').Select(term => Term(text, term))]);

    private static (double Factor, ILoss Loss) Term(string text, string term)
    {
        var parts = term.Split('*', StringSplitOptions.TrimEntries);
        var factor = 1d;
        if (parts.Length > 2
            || (parts.Length == 2 && !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out factor))
            || !(factor > 0 && double.IsFinite(factor)))
        {
            throw Refuse(text, term);
        }

        return (factor, parts[^1].ToLowerInvariant() switch
        {
            "mse" => new MeanSquaredLoss(),
            "l1" => new AbsoluteLoss(),
            "gradient" => new GradientLoss(),
            "ssim" => new SimilarityLoss(),
            _ => throw Refuse(text, term),
        });
    }

    private static InferenceException Refuse(string text, string term) => new(InferenceError.ParameterOutOfRange, "loss",
        $"loss is \"{text}\", in which \"{term.Trim()}\" is not understood; accepted: {Accepted}.");
}
