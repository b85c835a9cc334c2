namespace InferenceBridge.Models.Training;

/// <summary>One validation.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Position">Part of the training that was done, 0 to 1.</param>
/// <param name="Seconds">Time spent so far.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="Loss">Mean loss since the validation before; not a number before the first step.</param>
/// <param name="Quality">The number that decides which network is the best.</param>
/// <param name="Figures">The validation's figures by name.</param>
public sealed record HistoryEntry(
    long Step, double Position, double Seconds, double LearningRate, double Loss, double Quality, IReadOnlyDictionary<string, double> Figures);
