using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// Examples for the spectral network: spectra of defocused frames, to which the camera's noise adds its own, even and with the scatter of as many values
/// as a ring has; and what is told of the microscope.
/// </summary>
/// <param name="spectra">Where spectra come from.</param>
/// <param name="microscopes">What is told of microscopes.</param>
/// <param name="exposure">How frames are exposed.</param>
/// <param name="batch">Examples in a batch.</param>
/// <param name="seed">The same seed gives the same batches.</param>
internal sealed class SpectralExamples(ISpectra spectra, MicroscopeDraw microscopes, ExposureRange exposure, int batch, ulong seed) : IBatchSource
{
    // How often the object is another than the one that was imaged: images are few, and a network knows them again by their spectra.
    private const double OtherShare = 0.5;

    public TrainingBatch Draw(long step)
    {
        var input = new float[batch * SpectralInput.Length];
        var target = new float[batch * DefocusClasses.Count];
        var groups = (batch + SpectralGroup.Count - 1) / SpectralGroup.Count;
        Parallel.For(0, groups, g => Fill(g * SpectralGroup.Count, Math.Min(batch, (g + 1) * SpectralGroup.Count), input, target,
            new SeededRandom(seed, checked((ulong)((step * groups) + g)))));
        return new TrainingBatch(tensor(input, [batch, SpectralFocusNetwork.Rows, 1, SpectralBins.Count]), tensor(target, [batch, DefocusClasses.Count, 1, 1]), null);
    }

    private void Fill(int from, int to, float[] input, float[] target, SeededRandom random)
    {
        var group = spectra.Draw(random);
        var inputs = new SpectralInput(microscopes.Told(group.Optics, random), group.Side);
        for (var i = from; i < to; i++)
        {
            var frame = random.NextUniform() < OtherShare ? group.Spectra[i - from].OfAnotherObject(random) : group.Spectra[i - from];
            var power = frame.Expose(exposure.Draw(random), random);
            inputs.Fill(SpectralFeatures.Of(power, frame.Shape.Independent, frame.Shape.Lowest), input.AsSpan(i * SpectralInput.Length, SpectralInput.Length));
            DefocusLabels.Fill(frame.Defocus, target.AsSpan(i * DefocusClasses.Count, DefocusClasses.Count));
        }
    }
}
