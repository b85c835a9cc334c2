namespace InferenceBridge.Models;

/// <summary>
/// The periodic grid on which an image is convolved with a PSF. The image's first voxel is the grid's first; what lies before
/// it is at the grid's end, since the grid is periodic.
/// </summary>
/// <param name="Depth">Planes.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal readonly record struct FourierGrid(int Depth, int Height, int Width)
{
    /// <summary>Voxels of the grid, which is about the number of floats in a spectrum of real data on it.</summary>
    public long ElementCount => checked((long)Depth * Height * Width);

    /// <summary>A grid as large as the image: what leaves it on one side comes back on the other.</summary>
    public static FourierGrid Periodic(int depth, int height, int width) => new(depth, height, width);

    /// <summary>
    /// A grid that also holds every voxel outside of the image whose light a PSF of the given size brings into it: image
    /// and PSF less 1 along each axis, rounded up to a length that transforms fast.
    /// </summary>
    public static FourierGrid Padded(int depth, int height, int width, Imaging.VolumeShape psf) => new(
        Extent(depth, psf.Depth), Extent(height, psf.Height), Extent(width, psf.Width));

    /// <summary>How much larger a padded grid is than its tile: for the whole stack, or for tiles of at least four PSFs where that is more.</summary>
    public static double Growth(Imaging.VolumeShape image, Imaging.VolumeShape psf)
    {
        static double Along(int image, int psf)
        {
            var tile = Math.Min(image, 4 * psf);
            return (double)FourierSize.AtLeast(tile + psf - 1) / tile;
        }

        return Along(image.Depth, psf.Depth) * Along(image.Height, psf.Height) * Along(image.Width, psf.Width);
    }

    private static int Extent(int image, int psf) => psf == 1 ? image : FourierSize.AtLeast(checked(image + psf - 1));
}
