namespace InferenceBridge.Imaging;

/// <summary>A simulated image and everything that it came from. All volumes carry the calibration.</summary>
/// <param name="Truth">
/// Float32: photons that each voxel would send to the camera if nothing blurred, without background.
/// </param>
/// <param name="Blurred">Float32: expected photons in each voxel, after the PSF and with background; free of noise.</param>
/// <param name="Noisy">Uint16, what the camera gives: Gain × (Poisson(Blurred) + read noise) + Offset, rounded.</param>
/// <param name="Psf">Float32, odd sizes, centred, with sum 1.</param>
/// <param name="SaturatedPixels">Voxels of <paramref name="Noisy"/> that lay outside of 0 to 65535.</param>
public sealed record PhantomSample(
    MemoryVolume Truth, MemoryVolume Blurred, MemoryVolume Noisy, MemoryVolume Psf, long SaturatedPixels);
