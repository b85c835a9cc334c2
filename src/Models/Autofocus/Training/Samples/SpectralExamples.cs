using InferenceBridge.Imaging;
using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// Spectra of defocused frames for the spectral network, made without rendering the frames: the power of a blurred plane is that of the sharp one
/// times the transfer's square, and camera noise adds its own, even and with the scatter of as many values as a ring has. Eight examples share
/// a microscope, whose hypotheses are dear. Validation renders its frames, so that it would show where this is not the same.
/// </summary>
/// <param name="objects">Spectra of sharp planes.</param>
/// <param name="microscopes">Which microscopes there are.</param>
/// <param name="exposure">How frames are exposed.</param>
/// <param name="batch">Examples in a batch.</param>
/// <param name="seed">The same seed gives the same batches.</param>
internal sealed class SpectralExamples(ObjectSpectra objects, MicroscopeDraw microscopes, ExposureRange exposure, int batch, ulong seed) : IBatchSource
{
    private const int Together = 8;
    private const double LargeShare = 0.75;

    // Share of microscopes that are told to have no aberration but have a slight one, up to this many waves.
    private const double SlightShare = 0.5;
    private const double Slight = 0.05;

    public TrainingBatch Draw(long step)
    {
        var input = new float[batch * SpectralInput.Length];
        var target = new float[batch * DefocusClasses.Count];
        var groups = (batch + Together - 1) / Together;
        Parallel.For(0, groups, g => Fill(g * Together, Math.Min(batch, (g + 1) * Together), input, target,
            new SeededRandom(seed, checked((ulong)((step * groups) + g)))));
        return new TrainingBatch(tensor(input, [batch, SpectralFocusNetwork.Rows, 1, SpectralBins.Count]), tensor(target, [batch, DefocusClasses.Count, 1, 1]), null);
    }

    private void Fill(int from, int to, float[] input, float[] target, SeededRandom random)
    {
        var size = random.NextUniform() < LargeShare ? 0 : 1;
        var side = ObjectSpectra.Sizes[size];
        var truth = microscopes.Draw(random);
        var inputs = new SpectralInput(microscopes.Told(truth, random), side);
        if (truth is { SphericalWaves: 0, SampleIndex: null } && random.NextUniform() < SlightShare)
        {
            truth = truth with { SphericalWaves = random.NextUniform(-Slight, Slight) };
        }

        var distance = SimulatedFrame.LargestPlaneDistance * truth.DepthOfField / truth.ImmersionIndex;
        var transfer = SpectralInput.Transfer(truth, DefocusDraw.Largest + distance, side);
        for (var i = from; i < to; i++)
        {
            var defocus = DefocusDraw.Draw(random);
            var power = Blurred(objects.Draw(size, random), transfer, defocus);
            if (random.NextUniform() < ExposureRange.ThickShare)
            {
                var weight = random.NextUniform(SimulatedFrame.SecondPlane.Least, SimulatedFrame.SecondPlane.Most);
                var second = Blurred(objects.Draw(size, random), transfer, defocus - random.NextUniform(-distance, distance));
                for (var ring = 0; ring < power.Length; ring++)
                {
                    power[ring] = (power[ring] + (weight * weight * second[ring])) / ((1 + weight) * (1 + weight));
                }
            }

            var shape = objects.Shapes[size];
            Expose(power, exposure.Draw(random), shape.Independent, random);
            inputs.Fill(SpectralFeatures.Of(power, shape.Independent, shape.Lowest), input.AsSpan(i * SpectralInput.Length, SpectralInput.Length));
            DefocusLabels.Fill(defocus, target.AsSpan(i * DefocusClasses.Count, DefocusClasses.Count));
        }
    }

    private static double[] Blurred(double[] power, DefocusTransfer transfer, double defocus)
    {
        var factors = SpectralInput.Power(transfer, defocus);
        for (var ring = 0; ring < power.Length; ring++)
        {
            power[ring] *= factors[ring];
        }

        return power;
    }

    private static void Expose(double[] power, FocusCamera camera, double[] independent, SeededRandom random)
    {
        var noise = (camera.Photons * (1 + camera.Background)) + (camera.ReadNoise * camera.ReadNoise);
        for (var ring = 0; ring < power.Length; ring++)
        {
            // The square of signal plus noise has a term with both, which vanishes on average alone.
            var signal = power[ring] * camera.Photons * camera.Photons;
            var scatter = Math.Sqrt(((2 * signal * noise) + (noise * noise)) / independent[ring]);
            power[ring] = Math.Max(0.05 * noise, signal + noise + (scatter * random.NextGaussian()));
        }
    }
}
