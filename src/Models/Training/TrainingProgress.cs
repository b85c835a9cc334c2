namespace InferenceBridge.Models.Training;

/// <summary>How far training is.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Position">Part done, 0 to 1.</param>
/// <param name="Loss">Mean loss since the last validation.</param>
/// <param name="StepsPerSecond">Speed, validation included.</param>
/// <param name="Remaining">Time left; null while that cannot be told.</param>
/// <param name="Score">The last validation; null before the first.</param>
public sealed record TrainingProgress(
    long Step, double Position, double Loss, double StepsPerSecond, TimeSpan? Remaining, ValidationScore? Score)
{
    /// <summary>What was read, in words, before the first step; null in all other reports.</summary>
    public string? Note { get; init; }
}
