namespace InferenceBridge.Models.Training;

/// <summary>What training gave; the network then has its best weights.</summary>
/// <param name="Steps">Steps taken, those before a resumption included.</param>
/// <param name="Seconds">Time taken, that before a resumption included.</param>
/// <param name="StoppedEarly">Whether it ended since nothing got better.</param>
/// <param name="BestStep">The step of the best network.</param>
/// <param name="BestScore">Its score.</param>
/// <param name="History">All validations.</param>
public sealed record TrainingOutcome(
    long Steps, double Seconds, bool StoppedEarly, long BestStep, ValidationScore BestScore, IReadOnlyList<HistoryEntry> History);
