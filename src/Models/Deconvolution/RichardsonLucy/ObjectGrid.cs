namespace InferenceBridge.Models;

/// <summary>
/// Where the object lives that an image shows: the image and all around it that the image sees. Both are convolved on a periodic grid
/// on which their first voxels coincide.
/// </summary>
/// <param name="Z">Planes.</param>
/// <param name="Y">Rows.</param>
/// <param name="X">Columns.</param>
internal readonly record struct ObjectGrid(AxisReach Z, AxisReach Y, AxisReach X)
{
    /// <summary>Voxels of the image.</summary>
    public long ImageElements => checked((long)Z.Image * Y.Image * X.Image);

    /// <summary>Voxels of the object.</summary>
    public long ObjectElements => checked((long)Z.Object * Y.Object * X.Object);

    /// <summary>float32 numbers in a plane that is transformed along y and x.</summary>
    public long SpectrumPlaneElements => checked(2L * Y.Length * ((X.Length / 2) + 1));

    /// <summary>The object is as large as the image: what leaves it on one side comes back on the other.</summary>
    public static ObjectGrid Periodic(int depth, int height, int width) =>
        new(AxisReach.Periodic(depth), AxisReach.Periodic(height), AxisReach.Periodic(width));

    /// <summary>The object of an image of the given size, seen through a PSF.</summary>
    public static ObjectGrid Padded(int depth, int height, int width, PointSpreadFunction psf)
    {
        var (z, y, x) = PsfLight.AlongAxes(psf);
        return new(AxisReach.Padded(depth, z, psf.Centre.Z), AxisReach.Padded(height, y, psf.Centre.Y), AxisReach.Padded(width, x, psf.Centre.X));
    }

    /// <summary>The most that <see cref="Padded"/> can come to for a PSF of a shape, centred on its middle.</summary>
    public static ObjectGrid Largest(int depth, int height, int width, Imaging.VolumeShape psf) => new(
        AxisReach.Largest(depth, psf.Depth, psf.Depth / 2),
        AxisReach.Largest(height, psf.Height, psf.Height / 2),
        AxisReach.Largest(width, psf.Width, psf.Width / 2));
}
