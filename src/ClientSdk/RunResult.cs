using InferenceBridge.Imaging;

namespace InferenceBridge.Client;

/// <summary>A result in memory, and what became of the job.</summary>
/// <param name="Volume">The result.</param>
/// <param name="Summary">Device, seconds, warnings, parameters that ran.</param>
public sealed record RunResult(MemoryVolume Volume, RunSummary Summary);
