using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Rendered frames of random defocus for networks that take pixels. Eight examples share a microscope, whose transfer is dear.</summary>
/// <param name="planes">Sharp planes.</param>
/// <param name="microscopes">Which microscopes there are.</param>
/// <param name="exposure">How frames are exposed.</param>
/// <param name="batch">Examples in a batch.</param>
/// <param name="side">Rows and columns.</param>
/// <param name="seed">The same seed gives the same batches.</param>
internal sealed class RenderedExamples(
    IReadOnlyList<SharpPlane> planes, MicroscopeDraw microscopes, ExposureRange exposure, int batch, int side, ulong seed) : IBatchSource
{
    private const int Together = 8;

    public TrainingBatch Draw(long step)
    {
        var input = new float[batch * side * side];
        var target = new float[batch * DefocusClasses.Count];
        var groups = (batch + Together - 1) / Together;
        Parallel.For(0, groups, g => Fill(g * Together, Math.Min(batch, (g + 1) * Together), input, target,
            new SeededRandom(seed, checked((ulong)((step * groups) + g)))));
        return new TrainingBatch(tensor(input, [batch, 1, side, side]), tensor(target, [batch, DefocusClasses.Count, 1, 1]), null);
    }

    private void Fill(int from, int to, float[] input, float[] target, SeededRandom random)
    {
        var truth = microscopes.Draw(random);
        var pixels = new DefocusInput(null, side, side);
        var transfer = DefocusedImage.Transfer(truth, SampleDraw.Farthest(truth, DefocusDraw.Largest));
        for (var i = from; i < to; i++)
        {
            var defocus = DefocusDraw.Draw(random);
            var frame = SimulatedFrame.Render(planes, side, transfer, truth, exposure.Draw(random), defocus, random);
            pixels.Of(frame.Pixels).Input.CopyTo(input.AsSpan(i * side * side));
            DefocusLabels.Fill(defocus, target.AsSpan(i * DefocusClasses.Count, DefocusClasses.Count));
        }
    }
}
