using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Internal;

/// <summary>A result that has arrived whole, but is not yet made visible.</summary>
/// <param name="Writer">Holds every plane; <see cref="IVolumeWriter.Complete"/> has not been called.</param>
/// <param name="Summary">What became of the job.</param>
internal sealed record JobResult(IVolumeWriter Writer, RunSummary Summary) : IDisposable
{
    /// <summary>The side outputs, as whole and as invisible as the result.</summary>
    public IReadOnlyList<IVolumeWriter> SideOutputs { get; init; } = [];

    /// <summary>Makes the side outputs visible: before the result, so that whoever sees that has them too.</summary>
    public void CompleteSideOutputs(DateTimeOffset date)
    {
        foreach (var side in SideOutputs)
        {
            if (side is TiffVolumeWriter file)
            {
                file.Metadata = file.Metadata.WithOperation(Provenance.Of(Summary, date));
            }

            side.Complete();
        }
    }

    public void Dispose()
    {
        Writer.Dispose();
        foreach (var side in SideOutputs)
        {
            side.Dispose();
        }
    }
}
