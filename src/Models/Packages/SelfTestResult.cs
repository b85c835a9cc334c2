namespace InferenceBridge.Models.Packages;

/// <summary>How well a package gave one of its stated outputs.</summary>
/// <param name="Output">Id of the output.</param>
/// <param name="Passed">True where it is within the tolerance that the package states.</param>
/// <param name="LargestDifference">Largest difference of an element, in the unit of the output; NaN where sizes differ.</param>
/// <param name="Message">What was compared and what was allowed, in a sentence.</param>
public sealed record SelfTestResult(string Output, bool Passed, double LargestDifference, string Message);
