namespace InferenceBridge.Models;

/// <summary>How iterations on one tile went.</summary>
/// <param name="Iterations">Iterations that ran.</param>
/// <param name="SquaredResidual">Sum over the tile of (image − model)², with the model that the last iteration compared to the image.</param>
/// <param name="SquaredImage">Sum over the tile of the image's square.</param>
internal readonly record struct RichardsonLucyRun(int Iterations, double SquaredResidual, double SquaredImage);
