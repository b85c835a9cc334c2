using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Random samples: the plane to focus on, at times with light from others.</summary>
/// <param name="DeepShare">Share of samples with several planes, up to some µm away, as cells and tissue have them (0 to 1).</param>
internal sealed record SampleDraw(double DeepShare = 0)
{
    /// <summary>Share of samples with a second plane, among those that are not deep.</summary>
    public const double ThickShare = 0.3;

    /// <summary>How far a second plane may lie, in depths of field either way.</summary>
    public const double LargestPlaneDistance = 1.5;

    // Planes of deep samples besides the one to focus on. None has more light than that one, but all together often do.
    private const int FewestPlanes = 2;
    private const int MostPlanes = 5;
    private const double LeastDepth = 1;
    private const double LargestDepth = 6;

    /// <summary>Least and most light of a second plane, as a factor of the first one's.</summary>
    public static (double Least, double Most) SecondPlane => (0.1, 0.6);

    private static (double Least, double Most) DeepPlane => (0.1, 0.9);

    /// <summary>How far a second plane may lie, in µm of stage either way.</summary>
    public static double Distance(FocusOptics optics) => LargestPlaneDistance * optics.DepthOfField / optics.ImmersionIndex;

    /// <summary>Largest |z| of a plane, in µm, where the sample is at a defocus of up to <paramref name="defocus"/>.</summary>
    public double Farthest(FocusOptics optics, double defocus) =>
        Math.Abs(defocus) + (DeepShare > 0 ? Math.Max(LargestDepth, Distance(optics)) : Distance(optics));

    /// <summary>Light of a random sample, of a mean of about 1.</summary>
    /// <param name="planes">Sharp planes, of random parts of which it is made.</param>
    /// <param name="size">Rows and columns, or fewer where a plane is smaller.</param>
    /// <param name="transfer">The microscope's, which reaches to <see cref="Farthest"/>.</param>
    /// <param name="defocus">Stage minus best focus, in µm.</param>
    /// <param name="random">Random numbers.</param>
    /// <returns>The light, and its rows and columns.</returns>
    public (float[] Light, int Side) Render(IReadOnlyList<SharpPlane> planes, int size, DefocusTransfer transfer, double defocus, SeededRandom random)
    {
        var first = planes[random.NextIndex(planes.Count)].Crop(size, random);
        List<(DefocusedImage, double, double)> layers = [(Blurred(first, transfer), 0, 1)];
        var total = 1.0;
        foreach (var (offset, weight) in Others(transfer.Optics, random))
        {
            var large = planes.Where(plane => Math.Min(plane.Height, plane.Width) >= first.Height).ToArray();
            layers.Add((Blurred(large[random.NextIndex(large.Length)].Crop(first.Height, random), transfer), offset, weight));
            total += weight;
        }

        using var sample = new ThickSample(layers);
        return (Array.ConvertAll(sample.At(defocus), value => (float)(value / total)), first.Height);
    }

    private (double Offset, double Weight)[] Others(FocusOptics optics, SeededRandom random)
    {
        if (DeepShare > 0 && random.NextUniform() < DeepShare)
        {
            var depth = random.NextUniform(LeastDepth, LargestDepth);
            return [.. Enumerable.Range(0, FewestPlanes + random.NextIndex(MostPlanes - FewestPlanes + 1))
                .Select(_ => (random.NextUniform(-depth, depth), random.NextUniform(DeepPlane.Least, DeepPlane.Most)))];
        }

        var distance = Distance(optics);
        return random.NextUniform() < ThickShare
            ? [(random.NextUniform(-distance, distance), random.NextUniform(SecondPlane.Least, SecondPlane.Most))]
            : [];
    }

    private static DefocusedImage Blurred(SharpPlane plane, DefocusTransfer transfer) => new(plane.Light, plane.Height, plane.Width, transfer);
}
