using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Clean planes exposed to a camera, as a user would record them: the noise is estimated, not known.</summary>
internal static class SimulatedImage
{
    private const double ReadNoise = 1;
    private const double Background = 0.05;

    /// <summary>Exposes a plane with 5 to 500 photons, by its number.</summary>
    public static ValidationImage Create(TrainingExample light, DenoisingTrainingOptions options, int number)
    {
        var random = new SeededRandom(options.Seed, ulong.MaxValue - (ulong)number);
        var peak = options.MinimumPhotons * Math.Pow(options.MaximumPhotons / options.MinimumPhotons, (number % 4) / 3d);
        float[] Photons(float[] plane) => Array.ConvertAll(plane, value => (float)(peak * (Background + Math.Max(0, value))));
        float[] Expose(float[] plane) => Array.ConvertAll(Photons(plane), mean => (float)(random.NextPoisson(mean) + (ReadNoise * random.NextGaussian())));
        var noisy = new ChannelImages(light.Name, 0, light.Height, light.Width, [Array.ConvertAll(light.Input, Expose)]);
        var field = DenoisingField.Create(noisy);
        return new ValidationImage(light.Name, field.Domain, light.Height, light.Width, field.Images.Series[0], Photons(light.Target));
    }
}
