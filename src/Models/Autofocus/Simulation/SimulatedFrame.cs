using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>How frames are exposed at random.</summary>
/// <param name="FewestPhotons">Fewest photons of a pixel of mean light (above 0).</param>
/// <param name="MostPhotons">Most photons; in between, every factor is as likely.</param>
internal sealed record ExposureRange(double FewestPhotons = 30, double MostPhotons = 3000)
{
    /// <summary>Largest background, as a factor of the mean light; half of the frames have none.</summary>
    public const double LargestBackground = 3;

    /// <summary>Share of frames that light from a second plane reaches.</summary>
    public const double ThickShare = 0.3;

    /// <summary>Share of frames with vignetting.</summary>
    public const double VignettedShare = 0.3;

    private const double LargestVignetting = 0.4;

    /// <summary>A random camera.</summary>
    public FocusCamera Draw(SeededRandom random) => new()
    {
        Photons = Math.Exp(random.NextUniform(Math.Log(FewestPhotons), Math.Log(MostPhotons))),
        Background = random.NextUniform() < 0.5 ? 0 : random.NextUniform(0, LargestBackground),
        ReadNoise = random.NextUniform(1, 4),
        Vignetting = random.NextUniform() < VignettedShare ? random.NextUniform(0, LargestVignetting) : 0,
    };
}

/// <summary>A frame whose defocus is known.</summary>
/// <param name="Truth">The microscope.</param>
/// <param name="Told">What is known of it.</param>
/// <param name="Camera">The camera.</param>
/// <param name="Defocus">Stage minus best focus, in µm.</param>
/// <param name="Size">Rows and columns.</param>
/// <param name="Pixels">Size × size.</param>
internal sealed record SimulatedFrame(FocusOptics Truth, FocusOptics Told, FocusCamera Camera, double Defocus, int Size, float[] Pixels)
{
    /// <summary>How far a second plane may lie, in depths of field either way.</summary>
    public const double LargestPlaneDistance = 1.5;

    /// <summary>Least and most light of a second plane, as a factor of the first one's.</summary>
    public static (double Least, double Most) SecondPlane => (0.1, 0.6);

    /// <summary>Largest |z| of a plane of a frame, in µm: of the second one.</summary>
    public static double Farthest(FocusOptics optics, double defocus) => Math.Abs(defocus) + (LargestPlaneDistance * optics.DepthOfField / optics.ImmersionIndex);

    /// <summary>Renders a frame: the plane is blurred, mixed with a second one, exposed.</summary>
    public static SimulatedFrame Render(
        IReadOnlyList<SharpPlane> planes, int size, FocusOptics truth, FocusOptics told, FocusCamera camera, double defocus, SeededRandom random) =>
        Render(planes, size, DefocusedImage.Transfer(truth, Farthest(truth, defocus)), told, camera, defocus, random);

    /// <summary>Renders a frame with a transfer that others share, which reaches to <see cref="Farthest"/>.</summary>
    public static SimulatedFrame Render(
        IReadOnlyList<SharpPlane> planes, int size, DefocusTransfer transfer, FocusOptics told, FocusCamera camera, double defocus, SeededRandom random)
    {
        var truth = transfer.Optics;
        var first = planes[random.NextIndex(planes.Count)].Crop(size, random);
        List<(DefocusedImage, double, double)> layers = [(new DefocusedImage(first.Light, first.Height, first.Width, transfer), 0, 1)];
        var total = 1.0;
        if (random.NextUniform() < ExposureRange.ThickShare)
        {
            var offset = random.NextUniform(-LargestPlaneDistance, LargestPlaneDistance) * truth.DepthOfField / truth.ImmersionIndex;
            var weight = random.NextUniform(SecondPlane.Least, SecondPlane.Most);
            var large = planes.Where(plane => Math.Min(plane.Height, plane.Width) >= first.Height).ToArray();
            var second = large[random.NextIndex(large.Length)].Crop(first.Height, random);
            layers.Add((new DefocusedImage(second.Light, second.Height, second.Width, transfer), offset, weight));
            total += weight;
        }

        using var sample = new ThickSample(layers);
        var light = Array.ConvertAll(sample.At(defocus), value => (float)(value / total));
        return new SimulatedFrame(truth, told, camera, defocus, first.Height, camera.Expose(light, first.Height, first.Width, random));
    }
}
