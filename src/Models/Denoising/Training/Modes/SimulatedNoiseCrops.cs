using System.Numerics.Tensors;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Exposes clean crops to a camera: Poisson noise of photons and Gaussian read noise.</summary>
/// <param name="light">Crops of light, 0 to about 1, the target being the input's middle channel.</param>
/// <param name="noise">How much noise.</param>
internal sealed class SimulatedNoiseCrops(ICropSource light, SimulatedNoise noise) : ICropSource
{
    public void Draw(Crop crop, SeededRandom random)
    {
        light.Draw(crop, random);
        var peak = Math.Exp(random.NextUniform(Math.Log(noise.MinimumPhotons), Math.Log(noise.MaximumPhotons)));
        var background = peak * random.NextUniform(0, noise.MaximumBackground);
        var read = random.NextUniform(0, noise.MaximumReadNoise);
        var error = Math.Exp(noise.GainError * random.NextGaussian());
        var target = crop.Target;
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = (float)(background + (peak * Math.Max(0, target[i])));
        }

        // A faint background keeps the law positive where neither light nor read noise is.
        var law = new NoiseLaw(error, (read * read) + 0.01);
        var domain = StabilisedDomain.From(law, TensorPrimitives.Sum<float>(target) / target.Length)!;
        for (var channel = 0; channel < crop.Channels; channel++)
        {
            var input = crop.Input(channel);
            for (var i = 0; i < input.Length; i++)
            {
                var photons = background + (peak * Math.Max(0, input[i]));
                input[i] = domain.Forward(random.NextPoisson(photons) + (read * random.NextGaussian()));
            }
        }

        for (var i = 0; i < target.Length; i++)
        {
            target[i] = domain.Expected(target[i]);
        }
    }
}
