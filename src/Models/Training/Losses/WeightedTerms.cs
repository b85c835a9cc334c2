using System.Globalization;

namespace InferenceBridge.Models.Training;

/// <summary>Sums with factors as people write them: "l1 + 0.5*gradient".</summary>
internal static class WeightedTerms
{
    /// <param name="field">Name of the option, for messages.</param>
    /// <param name="text">The sum.</param>
    /// <param name="terms">What it may consist of, by lower-case name.</param>
    /// <param name="example">A sum, for messages.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: not such a sum.</exception>
    public static IReadOnlyList<(double Factor, T Term)> Parse<T>(string field, string text, IReadOnlyDictionary<string, T> terms, string example) =>
        [.. text.Split('+').Select(part =>
        {
            var parts = part.Split('*', StringSplitOptions.TrimEntries);
            var factor = 1d;
            var isNumber = parts.Length == 1
                || (parts.Length == 2 && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out factor));
            return isNumber && factor > 0 && double.IsFinite(factor) && terms.TryGetValue(parts[^1].ToLowerInvariant(), out var term)
                ? (factor, term)
                : throw new InferenceException(InferenceError.ParameterOutOfRange, field,
                    $"{field} is \"{text}\", in which \"{part.Trim()}\" is not understood; accepted: sums of {List(terms.Keys)} with factors above 0, such as {example}.");
        })];

    private static string List(IEnumerable<string> names) => string.Join(", ", names.SkipLast(1)) + " and " + names.Last();
}
