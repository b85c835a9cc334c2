using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Clean images as light that a camera may be exposed to.</summary>
internal static class CleanLight
{
    private const double LowPart = 0.001;
    private const double HighPart = 0.999;
    private const int PhantomSlices = 5;
    private const int PhantomSide = 256;

    /// <summary>Examples from clean images: nearly the darkest value becomes 0, nearly the brightest 1.</summary>
    public static IEnumerable<TrainingExample> Of(ChannelImages clean, int channels)
    {
        var (low, high) = Range(clean.Planes);
        if (!(high > low))
        {
            throw Flat(clean, low);
        }

        return clean.Series.SelectMany(planes =>
        {
            var light = Array.ConvertAll(planes, plane => Array.ConvertAll(plane, value => (value - low) / (high - low)));
            return light.Select((plane, p) => new TrainingExample(
                clean.Name, clean.Height, clean.Width, PlaneWindow.At(light, p, channels), plane));
        });
    }

    /// <summary>Nearly the darkest and nearly the brightest value.</summary>
    public static (float Low, float High) Range(params IEnumerable<float[]> planes)
    {
        var sample = planes.SelectMany(plane => plane.Where((_, i) => i % 7 == 0)).ToArray();
        Array.Sort(sample);
        return (sample[(int)(LowPart * (sample.Length - 1))], sample[(int)(HighPart * (sample.Length - 1))]);
    }

    /// <summary>The fault of an image that shows nothing.</summary>
    public static InferenceException Flat(ChannelImages clean, float low) => new(InferenceError.ParameterOutOfRange, clean.File,
        $"{clean.Name} is {low} nearly everywhere; accepted: images with structure.");

    /// <summary>Simulated specimens, blurred by a microscope, of all kinds in turn and with pixels of many sizes.</summary>
    public static ChannelImages Phantom(int number, ulong seed, CancellationToken cancellation)
    {
        var random = new SeededRandom(seed, (ulong)number);
        var kinds = Enum.GetValues<PhantomKind>();
        var sample = Imaging.Phantom.Create(new PhantomOptions
        {
            Kind = kinds[number % kinds.Length],
            Depth = PhantomSlices, Height = PhantomSide, Width = PhantomSide,
            VoxelSizeXY = random.NextUniform(0.06, 0.16),
            VoxelSizeZ = random.NextUniform(0.2, 0.5),
            Optics = new MicroscopeOptics { NumericalAperture = random.NextUniform(0.7, 1.3) },
            Seed = seed + (ulong)number, BackgroundPhotons = 0, PeakPhotons = 100,
        }, cancellation);
        return new ChannelImages($"phantom {number}", 0, PhantomSide, PhantomSide,
            [[.. Enumerable.Range(0, PhantomSlices).Select(z => Plane(sample.Blurred, z))]]);
    }

    private static float[] Plane(MemoryVolume volume, int z)
    {
        var plane = new float[volume.Info.Shape.PlaneElementCount];
        volume.ReadPlane(z, plane);
        return plane;
    }
}
