using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Random samples: the plane to focus on, at times with light from a second one.</summary>
internal static class SampleDraw
{
    /// <summary>Share of samples with a second plane.</summary>
    public const double ThickShare = 0.3;

    // How far a second plane may lie, in depths of field either way.
    private const double LargestPlaneDistance = 1.5;

    /// <summary>Least and most light of a second plane, as a factor of the first one's.</summary>
    public static (double Least, double Most) SecondPlane => (0.1, 0.6);

    /// <summary>How far a second plane may lie, in µm of stage either way.</summary>
    public static double Distance(FocusOptics optics) => LargestPlaneDistance * optics.DepthOfField / optics.ImmersionIndex;

    /// <summary>Largest |z| of a plane, in µm, where the sample is at a defocus of up to <paramref name="defocus"/>.</summary>
    public static double Farthest(FocusOptics optics, double defocus) => Math.Abs(defocus) + Distance(optics);

    /// <summary>Light of a random sample, of a mean of about 1.</summary>
    /// <param name="planes">Sharp planes, of random parts of which it is made, and of others what lies beside it.</param>
    /// <param name="size">Rows and columns, or fewer where a plane is smaller.</param>
    /// <param name="transfer">The microscope's, which reaches to <see cref="Farthest"/>.</param>
    /// <param name="defocus">Stage minus best focus, in µm.</param>
    /// <param name="random">Random numbers.</param>
    /// <returns>The light, and its rows and columns.</returns>
    public static (float[] Light, int Side) Render(IReadOnlyList<SharpPlane> planes, int size, DefocusTransfer transfer, double defocus, SeededRandom random)
    {
        var first = planes[random.NextIndex(planes.Count)].Crop(size, random);
        List<(DefocusedImage, double, double)> layers = [(DefocusedImage.Amid(first, planes, transfer, random), 0, 1)];
        var total = 1.0;
        if (random.NextUniform() < ThickShare)
        {
            var offset = random.NextUniform(-1, 1) * Distance(transfer.Optics);
            var weight = random.NextUniform(SecondPlane.Least, SecondPlane.Most);
            var large = planes.Where(plane => Math.Min(plane.Height, plane.Width) >= first.Height).ToArray();
            layers.Add((DefocusedImage.Amid(large[random.NextIndex(large.Length)].Crop(first.Height, random), planes, transfer, random), offset, weight));
            total += weight;
        }

        using var sample = new ThickSample(layers);
        return (Array.ConvertAll(sample.At(defocus), value => (float)(value / total)), first.Height);
    }
}
