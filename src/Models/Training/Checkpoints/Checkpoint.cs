using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Everything that training needs to go on as if it had never stopped.</summary>
internal sealed class Checkpoint : IDisposable
{
    public required CheckpointState State { get; init; }

    /// <summary>The network's weights by name.</summary>
    public required IReadOnlyDictionary<string, Tensor> Network { get; init; }

    /// <summary>Their moving average.</summary>
    public required IReadOnlyDictionary<string, Tensor> Average { get; init; }

    /// <summary>The weights that did best.</summary>
    public required IReadOnlyDictionary<string, Tensor> Best { get; init; }

    /// <summary>Weights that are trained along and dropped after training, by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Helper { get; init; } = new Dictionary<string, Tensor>();

    /// <summary>The optimizer's state in its own format.</summary>
    public required byte[] Optimizer { get; init; }

    public void Dispose()
    {
        WeightCopies.Dispose(Network);
        WeightCopies.Dispose(Average);
        WeightCopies.Dispose(Best);
        WeightCopies.Dispose(Helper);
    }
}
