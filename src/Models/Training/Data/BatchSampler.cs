using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Puts crops together. Every crop of every step has random numbers of its own, whatever the number of threads.</summary>
internal sealed class BatchSampler(ICropSource source, int batchSize, int channels, int cropSize, ulong seed, int targets = 1) : IBatchSource
{
    private readonly float[] _input = new float[checked(batchSize * channels * cropSize * cropSize)];
    private readonly float[] _target = new float[checked(batchSize * targets * cropSize * cropSize)];
    private readonly float[] _weight = new float[checked(batchSize * cropSize * cropSize)];

    public TrainingBatch Draw(long step)
    {
        Array.Fill(_weight, 1);
        Parallel.For(0, batchSize, i => source.Draw(
            new Crop(_input, _target, _weight, i, channels, cropSize, targets), new SeededRandom(seed, checked((ulong)((step * batchSize) + i)))));
        return new TrainingBatch(
            tensor(_input, [batchSize, channels, cropSize, cropSize]),
            tensor(_target, [batchSize, targets, cropSize, cropSize]),
            _weight.AsSpan().ContainsAnyExcept(1f) ? tensor(_weight, [batchSize, 1, cropSize, cropSize]) : null);
    }
}
