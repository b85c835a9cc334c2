using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Runs a network on frames, 16 at a time.</summary>
internal static class DefocusRun
{
    private const int Together = 16;

    /// <summary>Probabilities of the classes for every frame.</summary>
    public static float[][] Probabilities(nn.Module<Tensor, Tensor> network, IReadOnlyList<DefocusFrame> frames, Device device, CancellationToken cancellation) =>
        [.. frames.Chunk(Together).SelectMany(chunk =>
        {
            cancellation.ThrowIfCancellationRequested();
            using var grad = no_grad();
            using var scope = NewDisposeScope();
            var shape = chunk[0].Shape.ToArray();
            shape[0] = chunk.Length;
            var input = tensor(chunk.SelectMany(frame => frame.Input).ToArray(), shape, device: device);
            var all = network.call(input).softmax(1).cpu().contiguous().data<float>().ToArray();
            return all.Chunk(DefocusClasses.Count).ToArray();
        })];
}
