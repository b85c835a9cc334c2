using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

/// <summary>A task that a few steps learn: to double the input.</summary>
internal sealed class TinyTask : IBatchSource, IValidator
{
    private readonly ulong _seed;

    public TinyTask(ulong seed = 1) => _seed = seed;

    /// <summary>What the validator says, in turn; null: minus the loss on a batch of its own.</summary>
    public Queue<double>? Qualities { get; init; }

    /// <summary>Called with each number of a batch.</summary>
    public Action<long> Drawing { get; init; } = _ => { };

    public static nn.Module<Tensor, Tensor> Network(long seed = 7)
    {
        manual_seed(seed);
        return nn.Sequential(nn.Conv2d(1, 4, 3, padding: 1), nn.BatchNorm2d(4), nn.ReLU(), nn.Dropout(0.1), nn.Conv2d(4, 1, 3, padding: 1));
    }

    public TrainingBatch Draw(long step)
    {
        Drawing(step);
        using var generator = new Generator(_seed + (ulong)step, CPU);
        var input = rand([4, 1, 12, 12], generator: generator);
        return new TrainingBatch(input, 2 * input, null);
    }

    public ValidationScore Score(nn.Module<Tensor, Tensor> network, Device device, CancellationToken cancellation)
    {
        Assert.False(network.training);
        var batch = Draw(1_000_000);
        var quality = Qualities?.Dequeue() ?? -nn.functional.mse_loss(network.call(batch.Input), batch.Target).item<float>();
        return new ValidationScore(quality, new Dictionary<string, double> { ["loss"] = -quality });
    }

    public static byte[] Weights(nn.Module network) =>
        [.. network.state_dict().OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => entry.Value.detach().contiguous().bytes.ToArray())];
}
