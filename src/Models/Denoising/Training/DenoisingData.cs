namespace InferenceBridge.Models.Training;

/// <summary>Everything that a training of a denoising network reads.</summary>
/// <param name="Crops">What to learn from.</param>
/// <param name="HeldOut">Crops to judge by where nothing is clean; null where <paramref name="Images"/> are clean.</param>
/// <param name="Images">Whole planes to judge by, and to show.</param>
/// <param name="Files">Number of files, or of simulated specimens, to learn from.</param>
/// <param name="ValidationFiles">Number of those for validation.</param>
/// <param name="Split">How validation was set apart, in words.</param>
internal sealed record DenoisingData(
    ICropSource Crops, ICropSource? HeldOut, IReadOnlyList<ValidationImage> Images, int Files, int ValidationFiles, string Split);
