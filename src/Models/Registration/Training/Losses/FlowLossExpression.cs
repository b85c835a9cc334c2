namespace InferenceBridge.Models.Training;

/// <summary>Losses of displacements as people write them: "epe", "lncc+0.1*mse+0.05*smooth".</summary>
internal static class FlowLossExpression
{
    private static readonly Dictionary<string, IFlowLoss> Terms = new(StringComparer.Ordinal)
    {
        ["epe"] = new EndPointLoss(), ["mse"] = new WarpedSquaredLoss(), ["lncc"] = new WarpedCorrelationLoss(), ["smooth"] = new SmoothnessLoss(),
    };

    /// <param name="field">Name of the option.</param>
    /// <param name="text">The sum.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: not such a sum.</exception>
    public static FlowObjective Parse(string field, string text) => new(WeightedTerms.Parse(field, text, Terms, "lncc+0.1*mse"));
}
