namespace InferenceBridge.Imaging;

/// <summary>A PSF through its brightest voxel, in xy and below it in xz, as the square root of its intensity, so that its tails show.</summary>
internal static class PsfPanel
{
    private const int Gap = 4;

    /// <summary>Draws the first channel of a PSF.</summary>
    /// <param name="psf">The PSF; only read.</param>
    /// <param name="side">Pixels of its longer lateral side, about.</param>
    /// <param name="cancellation">Stops between planes.</param>
    internal static Picture Create(IVolumeReader psf, int side, CancellationToken cancellation)
    {
        var (shape, calibration) = (psf.Info.Shape, psf.Info.Calibration);
        var peak = BrightestPoint.Of(psf, 0, 0, cancellation);
        var plane = new float[shape.PlaneElementCount];
        var alongZ = new float[checked(shape.Depth * shape.Width)];
        for (var z = 0; z < shape.Depth; z++)
        {
            psf.ReadPlane(shape.PlaneNumber(0, 0, z), plane);
            plane.AsSpan(peak.Y * shape.Width, shape.Width).CopyTo(alongZ.AsSpan(z * shape.Width));
        }

        psf.ReadPlane(shape.PlaneNumber(0, 0, peak.Z), plane);
        var scale = (double)side / Math.Max(shape.Width, shape.Height);
        var ratio = Math.Clamp(calibration.VoxelDepth / calibration.VoxelWidth, 1.0 / 16, 16);
        var (width, height) = (Pixels(shape.Width * scale), Pixels(shape.Height * scale));
        var depth = Math.Min(4 * side, Pixels(shape.Depth * scale * (double.IsFinite(ratio) ? ratio : 1)));
        var brightest = plane[(peak.Y * shape.Width) + peak.X];
        var lateral = Grey(new FloatImage(shape.Width, shape.Height, plane).Resize(width, height), brightest);
        if (shape.Depth == 1)
        {
            return lateral;
        }

        var picture = new Picture(width, height + Gap + depth, 1);
        picture.Draw(lateral, 0, 0);
        picture.Draw(Grey(new FloatImage(shape.Width, shape.Depth, alongZ).Resize(width, depth), brightest), 0, height + Gap);
        return picture;
    }

    private static int Pixels(double length) => Math.Max(1, (int)Math.Round(length));

    private static Picture Grey(FloatImage image, float brightest)
    {
        var picture = new Picture(image.Width, image.Height, 1);
        for (var i = 0; i < picture.Pixels.Length; i++)
        {
            var part = brightest > 0 ? Math.Clamp(image.Values[i] / brightest, 0, 1) : 0;
            picture.Pixels[i] = (byte)Math.Round(255 * Math.Sqrt(float.IsNaN(part) ? 0 : part));
        }

        return picture;
    }
}
