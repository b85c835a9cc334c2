namespace InferenceBridge.Imaging;

/// <summary>How close a result is to its reference.</summary>
/// <param name="Psnr">
/// Peak signal-to-noise ratio in dB: 10 log10(DataRange² / mean squared error) over all voxels; +∞ for equal volumes.
/// </param>
/// <param name="Ssim">Structural similarity, the mean over planes; 1 for equal volumes.</param>
/// <param name="Nrmse">
/// Root of the mean squared error over the root of the reference's mean square; 0 for equal volumes, +∞ where only the
/// reference is all zero.
/// </param>
/// <param name="Gain">What the result was multiplied with first; 1 without a fit.</param>
/// <param name="Offset">What was then added, in the reference's unit; 0 without a fit.</param>
/// <param name="DataRange">Range of intensities that PSNR and SSIM refer to, in the reference's unit.</param>
public sealed record ImageComparison(double Psnr, double Ssim, double Nrmse, double Gain, double Offset, double DataRange);
