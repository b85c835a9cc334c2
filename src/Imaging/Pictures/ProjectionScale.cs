namespace InferenceBridge.Imaging;

/// <summary>Sizes of projections in pixels, so that µm are as long along every axis.</summary>
/// <param name="Width">Pixels of the x axis before zoom.</param>
/// <param name="Height">Pixels of the y axis before zoom.</param>
/// <param name="Depth">Pixels of the z axis before zoom.</param>
/// <param name="Zoom">Whole factor by which small pictures are enlarged.</param>
/// <param name="MicrometresPerPixel">After zoom; null where the volume is not calibrated.</param>
internal readonly record struct ProjectionScale(int Width, int Height, int Depth, int Zoom, double? MicrometresPerPixel)
{
    /// <summary>Pixels between projections.</summary>
    internal const int Gap = 4;

    // Beyond this a wrong calibration is likelier than such voxels, and the picture would be a stripe.
    private const double LargestRatio = 32;

    internal static ProjectionScale Create(VolumeInfo info, PictureOptions options)
    {
        var calibration = info.Calibration;
        var (x, y, z) = (Usable(calibration.VoxelWidth), Usable(calibration.VoxelHeight), Usable(calibration.VoxelDepth));
        var pixel = Math.Min(x, y);
        var width = info.Shape.Width * Math.Min(x / pixel, LargestRatio);
        var height = info.Shape.Height * Math.Min(y / pixel, LargestRatio);
        var depth = info.Shape.Depth * Math.Clamp(z / pixel, 1 / LargestRatio, LargestRatio);

        // All three side by side must fit; a single plane stands alone.
        var beside = info.Shape.Depth > 1 ? depth : 0;
        var room = options.MaximumSide - (beside > 0 ? Gap : 0);
        var reduction = Math.Min(1, room / (Math.Max(width, height) + beside));
        var longest = Math.Max(width, height);
        var zoom = 1;
        if (reduction == 1)
        {
            var wanted = (int)Math.Ceiling(options.MinimumSide / longest);
            var fitting = (int)(options.MaximumSide / (longest + beside + Gap));
            zoom = Math.Clamp(Math.Min(wanted, fitting), 1, 16);
        }

        double? micrometres = calibration.VoxelSizeMicrometres is { } size && Usable(size.X) == size.X
            ? Math.Min(size.X, Usable(size.Y)) / reduction / zoom
            : null;
        return new ProjectionScale(Pixels(width * reduction), Pixels(height * reduction), Pixels(depth * reduction), zoom, micrometres);
    }

    private static int Pixels(double length) => Math.Max(1, (int)Math.Round(length));

    private static double Usable(double voxelSize) => voxelSize > 0 && double.IsFinite(voxelSize) ? voxelSize : 1;
}
