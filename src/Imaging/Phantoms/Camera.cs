using System.Numerics.Tensors;

namespace InferenceBridge.Imaging;

/// <summary>Turns expected photons into grey levels: Poisson and Gaussian noise, gain, offset.</summary>
internal sealed class Camera(PhantomOptions options)
{
    /// <summary>Exposes one plane; each plane has random numbers of its own, so that planes may run in any order.</summary>
    /// <param name="photons">Expected photons.</param>
    /// <param name="plane">Number of the plane.</param>
    /// <param name="pixels">Uint16 pixels to write.</param>
    /// <returns>Number of saturated pixels.</returns>
    internal long Expose(ReadOnlySpan<float> photons, int plane, Span<byte> pixels)
    {
        // Stream 0 has placed the specimen.
        var random = new SeededRandom(options.Seed, 1 + (ulong)plane);
        var levels = new float[photons.Length];
        for (var i = 0; i < levels.Length; i++)
        {
            var electrons = random.NextPoisson(photons[i]);
            if (options.ReadNoiseElectrons > 0)
            {
                electrons += options.ReadNoiseElectrons * random.NextGaussian();
            }

            levels[i] = (float)((options.Gain * electrons) + options.Offset);
        }

        return PixelConverter.FromSingle(levels, PixelType.UInt16, pixels);
    }

    /// <summary>Takes light in arbitrary units to expected photons.</summary>
    internal static void Scale(float[] light, double factor, double background)
    {
        TensorPrimitives.Multiply(light, (float)factor, light);
        TensorPrimitives.Add(light, (float)background, light);
    }
}
