namespace InferenceBridge.Server.Admission;

/// <summary>Where somebody stands in a queue.</summary>
/// <param name="Position">1 for the one who comes next.</param>
/// <param name="Seconds">Estimated wait in seconds, from measured durations; null while nothing has been measured.</param>
internal readonly record struct QueuePlace(int Position, double? Seconds);
