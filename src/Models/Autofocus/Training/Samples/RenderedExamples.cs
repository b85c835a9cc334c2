using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Rendered frames of random defocus for networks that take pixels. Every example has random numbers of its own.</summary>
/// <param name="planes">Sharp planes.</param>
/// <param name="microscopes">Which microscopes there are.</param>
/// <param name="exposure">How frames are exposed.</param>
/// <param name="batch">Examples in a batch.</param>
/// <param name="side">Rows and columns.</param>
/// <param name="seed">The same seed gives the same batches.</param>
internal sealed class RenderedExamples(
    IReadOnlyList<SharpPlane> planes, MicroscopeDraw microscopes, ExposureRange exposure, int batch, int side, ulong seed) : IBatchSource
{
    public TrainingBatch Draw(long step)
    {
        var input = new float[batch * side * side];
        var target = new float[batch * DefocusClasses.Count];
        Parallel.For(0, batch, i =>
        {
            var random = new SeededRandom(seed, checked((ulong)((step * batch) + i)));
            var truth = microscopes.Draw(random);
            var defocus = DefocusDraw.Draw(random);
            var frame = SimulatedFrame.Render(planes, side, truth, truth, exposure.Draw(random), defocus, random);
            new DefocusInput(null, side, side).Of(frame.Pixels).Input.CopyTo(input.AsSpan(i * side * side));
            DefocusLabels.Fill(defocus, target.AsSpan(i * DefocusClasses.Count, DefocusClasses.Count));
        });
        return new TrainingBatch(tensor(input, [batch, 1, side, side]), tensor(target, [batch, DefocusClasses.Count, 1, 1]), null);
    }
}
