namespace InferenceBridge.Models.Training;

/// <summary>How good a network is.</summary>
/// <param name="Quality">The number that decides which network is the best; higher is better.</param>
/// <param name="Figures">What people want to know, by name, such as "psnr_db".</param>
public sealed record ValidationScore(double Quality, IReadOnlyDictionary<string, double> Figures);
