using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>PSNR and SSIM against clean planes after a fit of gain and offset, as means over planes; the PSNR decides.</summary>
/// <param name="images">Each with a clean plane.</param>
internal sealed class ReferenceValidator(IReadOnlyList<ValidationImage> images) : IValidator
{
    public ValidationScore Score(nn.Module<Tensor, Tensor> network, Device device, CancellationToken cancellation) =>
        Mean(image => NetworkRun.Denoise(network, image, device), cancellation);

    /// <summary>The score of the noisy planes themselves.</summary>
    public ValidationScore Noisy(CancellationToken cancellation) => Mean(NetworkRun.Noisy, cancellation);

    private ValidationScore Mean(Func<ValidationImage, MemoryVolume> result, CancellationToken cancellation)
    {
        var (psnr, ssim) = (0d, 0d);
        foreach (var image in images)
        {
            cancellation.ThrowIfCancellationRequested();
            using var clean = MemoryVolume.FromSingles(image.Clean, new VolumeShape(1, image.Height, image.Width));
            using var volume = result(image);
            var comparison = ImageMetrics.Compare(volume, clean, fit: true, cancellation: cancellation);
            psnr += comparison.Psnr / images.Count;
            ssim += comparison.Ssim / images.Count;
        }

        return new ValidationScore(psnr, new Dictionary<string, double> { ["psnr_db"] = psnr, ["ssim"] = ssim });
    }
}
