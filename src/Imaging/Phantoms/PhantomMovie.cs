namespace InferenceBridge.Imaging;

/// <summary>A simulated specimen that moves under the microscope, and how it does.</summary>
/// <param name="Still">Float32, one frame: expected photons where nothing has moved, with background, free of noise.</param>
/// <param name="Noisy">Uint16, by time point: what the camera gives.</param>
/// <param name="Displacements">
/// Float32, by time point, channels y and x in px: the content of pixel p of <paramref name="Still"/> lies at p + d(p) in the frame.
/// </param>
public sealed record PhantomMovie(MemoryVolume Still, MemoryVolume Noisy, MemoryVolume Displacements)
{
    // A scene may move by that before pixels from beyond it show.
    private const int Spare = 3;

    /// <summary>Simulates a movie of one slice. The number of processors does not change it.</summary>
    /// <param name="options">The specimen and the camera; slices are not asked for.</param>
    /// <param name="movie">How it moves.</param>
    /// <param name="cancellation">Stops between frames.</param>
    /// <exception cref="InferenceException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PhantomMovie Create(PhantomOptions options, MovieOptions movie, CancellationToken cancellation = default)
    {
        movie.Validate();
        var margin = (int)Math.Ceiling(movie.Motion) + Spare;
        var (height, width) = (options.Height, options.Width);
        var scene = Phantom.Create(options with { Depth = 1, Height = checked(height + (2 * margin)), Width = checked(width + (2 * margin)) }, cancellation).Blurred;
        var image = new CubicImage(scene.ToSingles(), height + (2 * margin), width + (2 * margin));
        var calibration = scene.Info.Calibration;
        var shape = new VolumeShape(movie.Frames, 1, 1, height, width);
        var still = new MemoryVolume(new VolumeInfo(shape with { Frames = 1 }, PixelType.Float32) { Calibration = calibration });
        var noisy = new MemoryVolume(new VolumeInfo(shape, PixelType.UInt16) { Calibration = calibration });
        var displacements = new MemoryVolume(new VolumeInfo(shape with { Channels = 2 }, PixelType.Float32) { Calibration = calibration });
        PixelConverter.FromSingle(Seen(image, margin, height, width, (_, _) => (0, 0)), PixelType.Float32, still.Plane(0).Span);
        var motion = new PhantomMotion(movie, height, width, options.Seed);
        var camera = new Camera(options);
        Parallel.For(0, movie.Frames, new ParallelOptions { CancellationToken = cancellation }, t =>
        {
            camera.Expose(Seen(image, margin, height, width, (y, x) => motion.From(t, y, x)), t, noisy.Plane(t).Span);
            var (alongY, alongX) = (new float[height * width], new float[height * width]);
            for (var i = 0; i < alongY.Length; i++)
            {
                var (y, x) = motion.To(t, i / width, i % width);
                (alongY[i], alongX[i]) = ((float)y, (float)x);
            }

            PixelConverter.FromSingle(alongY, PixelType.Float32, displacements.Plane(2 * t).Span);
            PixelConverter.FromSingle(alongX, PixelType.Float32, displacements.Plane((2 * t) + 1).Span);
        });
        return new PhantomMovie(still, noisy, displacements);
    }

    private static float[] Seen(CubicImage image, int margin, int height, int width, Func<int, int, (double Y, double X)> from)
    {
        var seen = new float[height * width];
        for (var i = 0; i < seen.Length; i++)
        {
            var (y, x) = (i / width, i % width);
            var (alongY, alongX) = from(y, x);
            seen[i] = Math.Max(0, image.At((float)(y + margin - alongY), (float)(x + margin - alongX)));
        }

        return seen;
    }
}
