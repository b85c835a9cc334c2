namespace InferenceBridge.Models.Training;

/// <summary>Strengths of simulated noise; each crop draws its own.</summary>
internal sealed record SimulatedNoise
{
    /// <summary>Fewest photons of the brightest structure, above 0 (default 4).</summary>
    public double MinimumPhotons { get; init; } = 4;

    /// <summary>Most photons of it (default 1000); in between, every factor is as likely.</summary>
    public double MaximumPhotons { get; init; } = 1000;

    /// <summary>Largest read noise in electrons (default 3).</summary>
    public double MaximumReadNoise { get; init; } = 3;

    /// <summary>Largest background as a part of the photons (default 0.3).</summary>
    public double MaximumBackground { get; init; } = 0.3;

    /// <summary>
    /// Standard deviation of the error, as a part, with which a camera's gain is known (default 0.05): in real images it is estimated.
    /// </summary>
    public double GainError { get; init; } = 0.05;
}
