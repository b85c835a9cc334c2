using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>How frames are exposed at random.</summary>
/// <param name="FewestPhotons">Fewest photons of a pixel of mean light (above 0).</param>
/// <param name="MostPhotons">Most photons; in between, every factor is as likely.</param>
internal sealed record ExposureRange(double FewestPhotons = 30, double MostPhotons = 3000)
{
    /// <summary>Largest background, as a factor of the mean light; half of the frames have none.</summary>
    public const double LargestBackground = 3;

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
    /// <summary>Renders a frame: the plane is blurred, mixed with a second one, exposed.</summary>
    public static SimulatedFrame Render(
        IReadOnlyList<SharpPlane> planes, int size, FocusOptics truth, FocusOptics told, FocusCamera camera, double defocus, SeededRandom random) =>
        Render(planes, size, DefocusedImage.Transfer(truth, SampleDraw.Farthest(truth, defocus)), told, camera, defocus, random);

    /// <summary>Renders a frame with a transfer that others share, which reaches to <see cref="SampleDraw.Farthest"/>.</summary>
    public static SimulatedFrame Render(
        IReadOnlyList<SharpPlane> planes, int size, DefocusTransfer transfer, FocusOptics told, FocusCamera camera, double defocus, SeededRandom random)
    {
        var (light, side) = SampleDraw.Render(planes, size, transfer, defocus, random);
        return new SimulatedFrame(transfer.Optics, told, camera, defocus, side, camera.Expose(light, side, side, random));
    }
}
