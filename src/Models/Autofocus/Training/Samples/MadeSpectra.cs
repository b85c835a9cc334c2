using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>
/// Spectra of defocused frames, made without rendering the frames: the power of a blurred plane is that of the sharp one times the transfer's square.
/// Cheap, so that no two are alike; but a frame's window and edges, and what two planes have in common, are not in it: <see cref="RenderedSpectra"/>
/// have those. Frames of a group share a microscope, whose transfer is dear.
/// </summary>
/// <param name="objects">Spectra of sharp planes.</param>
/// <param name="microscopes">Which microscopes there are.</param>
/// <param name="exposure">How frames are exposed.</param>
internal sealed class MadeSpectra(ObjectSpectra objects, MicroscopeDraw microscopes, ExposureRange exposure) : ISpectra
{
    public SpectralGroup Draw(SeededRandom random)
    {
        var size = ObjectSpectra.DrawSize(random);
        var known = microscopes.Draw(random);
        var truth = MicroscopeDraw.Slightly(known, random);
        var distance = SampleDraw.Distance(truth);
        var transfer = SpectralInput.Transfer(truth, DefocusDraw.Largest + distance, ObjectSpectra.Sizes[size]);
        var spectra = new NoiseFreeSpectrum[SpectralGroup.Count];
        for (var i = 0; i < spectra.Length; i++)
        {
            var defocus = DefocusDraw.Draw(random);
            var power = Blurred(objects.Draw(size, random), transfer, defocus);
            if (random.NextUniform() < SampleDraw.ThickShare)
            {
                var weight = random.NextUniform(SampleDraw.SecondPlane.Least, SampleDraw.SecondPlane.Most);
                var second = Blurred(objects.Draw(size, random), transfer, defocus - random.NextUniform(-distance, distance));
                for (var ring = 0; ring < power.Length; ring++)
                {
                    power[ring] = (power[ring] + (weight * weight * second[ring])) / ((1 + weight) * (1 + weight));
                }
            }

            spectra[i] = new NoiseFreeSpectrum(defocus, objects.Shapes[size], power, 1 + exposure.Draw(random).Background);
        }

        return new SpectralGroup(known, ObjectSpectra.Sizes[size], spectra);
    }

    private static double[] Blurred(double[] power, DefocusTransfer transfer, double defocus)
    {
        var factors = SpectralInput.Power(transfer, defocus);
        for (var i = 0; i < power.Length; i++)
        {
            power[i] *= factors[i % factors.Length];
        }

        return power;
    }
}
