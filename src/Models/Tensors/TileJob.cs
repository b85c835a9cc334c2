using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>A job whose tiles are independent of each other.</summary>
/// <param name="process">Computes a tile; tensors that it makes on the way are disposed of behind it.</param>
/// <param name="state">What the tiles share, disposed of with the job.</param>
internal sealed class TileJob(Func<Tensor, CancellationToken, Tensor> process, IDisposable? state = null) : ITensorJob
{
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyDictionary<string, object> EstimatedParameters { get; init; } = new Dictionary<string, object>();

    public Tensor Process(Tensor tile, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        return process(tile, cancellation).MoveToOuterDisposeScope();
    }

    public void Dispose() => state?.Dispose();
}
