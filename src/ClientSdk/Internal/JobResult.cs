using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Internal;

/// <summary>A result that has arrived whole, but is not yet made visible.</summary>
/// <param name="Writer">Holds every plane; <see cref="IVolumeWriter.Complete"/> has not been called.</param>
/// <param name="Summary">What became of the job.</param>
internal sealed record JobResult(IVolumeWriter Writer, RunSummary Summary);
