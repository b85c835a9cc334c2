namespace InferenceBridge.Models.Training;

/// <summary>Everything that a registration training reads.</summary>
/// <param name="Training">Files to learn from.</param>
/// <param name="Validation">Images to judge by, and to show.</param>
/// <param name="ValidationFiles">Number of files that they are of.</param>
/// <param name="Split">How validation was set apart, in words.</param>
internal sealed record RegistrationData(IReadOnlyList<MovieFile> Training, IReadOnlyList<CleanImage> Validation, int ValidationFiles, string Split);
