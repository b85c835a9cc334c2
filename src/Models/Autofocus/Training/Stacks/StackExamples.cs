using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Crops of real focal stacks, each stack as likely as the others.</summary>
/// <param name="stacks">The stacks, all for the same network and side.</param>
/// <param name="batch">Examples in a batch.</param>
/// <param name="seed">The same seed gives the same batches.</param>
internal sealed class StackExamples(IReadOnlyList<FocalStack> stacks, int batch, ulong seed) : IBatchSource
{
    public TrainingBatch Draw(long step)
    {
        var frames = new DefocusFrame[batch];
        var target = new float[batch * DefocusClasses.Count];
        Parallel.For(0, batch, i =>
        {
            var random = new SeededRandom(seed, checked((ulong)((step * batch) + i)));
            frames[i] = stacks[random.NextIndex(stacks.Count)].Draw(random);
            DefocusLabels.Fill(frames[i].Defocus, target.AsSpan(i * DefocusClasses.Count, DefocusClasses.Count));
        });
        var shape = stacks[0].Shape.ToArray();
        shape[0] = batch;
        return new TrainingBatch(tensor(frames.SelectMany(frame => frame.Input).ToArray(), shape), tensor(target, [batch, DefocusClasses.Count, 1, 1]), null);
    }
}
