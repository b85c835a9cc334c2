using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Batches of several sources in random order, each as likely as the others, the same for the same seed.</summary>
/// <param name="sources">At least one; the same one may come more than once.</param>
/// <param name="seed">Seed of the order.</param>
internal sealed class VariedBatches(IReadOnlyList<IBatchSource> sources, ulong seed) : IBatchSource
{
    // Apart from the streams of the batches' own numbers.
    private const ulong OrderSeed = 0x8EBC6AF09C88C6E3;

    public TrainingBatch Draw(long step) => sources[new SeededRandom(seed ^ OrderSeed, (ulong)step).NextIndex(sources.Count)].Draw(step);
}
