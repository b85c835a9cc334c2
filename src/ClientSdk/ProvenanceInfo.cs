namespace InferenceBridge.Client;

/// <summary>Where an operation comes from.</summary>
/// <param name="Licence">SPDX id of the licence of the weights, or of the code where there are no weights.</param>
/// <param name="Citation">How to cite the method.</param>
/// <param name="WeightsSha256">SHA-256 of the weights in lower-case hexadecimal; empty where there are none.</param>
/// <param name="TrainingData">What the weights were trained on; empty where there are none.</param>
public sealed record ProvenanceInfo(string Licence, string Citation, string WeightsSha256, string TrainingData);
