namespace InferenceBridge.Models;

/// <summary>Along one axis: the image, the part of the object that it sees, and the period of the transforms between them.</summary>
/// <param name="Image">Voxels of the image.</param>
/// <param name="Before">Voxels of the object before the image's first.</param>
/// <param name="After">Voxels of the object after the image's last.</param>
/// <param name="Length">Voxels of the period.</param>
internal readonly record struct AxisReach(int Image, int Before, int After, int Length)
{
    /// <summary>Where less than this part of a voxel's light reaches the image, the image says nothing of it: there the object is 0.</summary>
    public const double SmallestCoverage = 0.01;

    // So that rounding leaves no voxel out that the coverage, computed otherwise, lets in.
    private const double Surely = 0.999 * SmallestCoverage;

    /// <summary>Voxels of the object.</summary>
    public int Object => checked(Before + Image + After);

    /// <summary>What leaves the image on one side comes back on the other.</summary>
    public static AxisReach Periodic(int image) => new(image, 0, 0, image);

    /// <summary>The object is all that the image sees; the period is long enough that nothing comes back into it.</summary>
    /// <param name="image">Voxels of the image.</param>
    /// <param name="light">The PSF's light in each of its planes across the axis, of sum 1.</param>
    /// <param name="centre">The plane whose light stays where it is.</param>
    public static AxisReach Padded(int image, double[] light, int centre)
    {
        double Seen(int voxel)
        {
            var (start, end) = Window(voxel, image, light.Length, centre);
            return light.AsSpan(start, end - start).ToArray().Sum();
        }

        int Farthest(int most, Func<int, int> voxel) =>
            Enumerable.Range(1, most).LastOrDefault(distance => Seen(voxel(distance)) >= Surely);

        var before = Farthest(light.Length - 1 - centre, distance => -distance);
        var after = Farthest(centre, distance => image - 1 + distance);
        return Around(image, before, after, light.Length, centre);
    }

    /// <summary>The most that <see cref="Padded"/> can come to, whatever the PSF's light.</summary>
    public static AxisReach Largest(int image, int psf, int centre) => Around(image, psf - 1 - centre, centre, psf, centre);

    /// <summary>The PSF's planes, from the first to before the second, whose light reaches the image from a voxel of the object.</summary>
    /// <param name="voxel">Counted from the image's first voxel.</param>
    /// <param name="image">Voxels of the image.</param>
    /// <param name="psf">Planes of the PSF.</param>
    /// <param name="centre">The plane whose light stays where it is.</param>
    public static (int Start, int End) Window(int voxel, int image, int psf, int centre)
    {
        var start = Math.Clamp(centre - voxel, 0, psf);
        return (start, Math.Clamp(image + centre - voxel, start, psf));
    }

    // From the object's first voxel light goes back by the centre, from its last on by the rest: it may meet itself there, not in the image.
    private static AxisReach Around(int image, int before, int after, int psf, int centre) =>
        new(image, before, after, FourierSize.AtLeast(checked(image + Math.Max(before + centre, after + psf - 1 - centre))));
}
