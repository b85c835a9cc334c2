using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Batches of two sources in random order, the same for the same seed.</summary>
/// <param name="first">One source.</param>
/// <param name="second">The other.</param>
/// <param name="secondShare">Share of the second, 0 to 1.</param>
/// <param name="seed">Seed of the order.</param>
internal sealed class MixedBatches(IBatchSource first, IBatchSource second, double secondShare, ulong seed) : IBatchSource
{
    // Apart from the streams of the batches' own numbers.
    private const ulong OrderSeed = 0xA0761D6478BD642F;

    public TrainingBatch Draw(long step) =>
        (new SeededRandom(seed ^ OrderSeed, (ulong)step).NextUniform() < secondShare ? second : first).Draw(step);
}
