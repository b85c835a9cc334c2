using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>A simulated frame of known defocus.</summary>
/// <param name="Told">The microscope as the operation is told of it.</param>
/// <param name="Aberration">Of the true microscope, in waves.</param>
/// <param name="Photons">Of a pixel of mean light.</param>
/// <param name="Structure">Channel of the images, 0 to 2; 3 to 5 where they are binned.</param>
/// <param name="Defocus">The truth, in µm.</param>
/// <param name="Frame">16 bits.</param>
internal sealed record FocusCase(FocusOptics Told, double Aberration, double Photons, int Structure, double Defocus, MemoryVolume Frame)
{
    private const int Side = 512;
    private const double Tolerance = 0.01;
    private const double AberrationTolerance = 0.1;
    private const int Attempts = 100;

    /// <summary>Diameter of the cone of light from a point at its defocus, as a part of the frame's side.</summary>
    public double Blur => 2 * Math.Abs(Defocus) * Math.Tan(Math.Asin(Told.NumericalAperture / Told.ImmersionIndex)) / (Side * Told.PixelMicrometres);

    /// <summary>Makes a case of a number, the same every time.</summary>
    /// <param name="images">Sharp planes, 512×512, by structure; parts of others surround each.</param>
    /// <param name="number">Number of the case.</param>
    /// <param name="symmetric">Whether the microscope has no aberration.</param>
    public static FocusCase Create(IReadOnlyList<(int Structure, SharpPlane Light)> images, int number, bool symmetric)
    {
        var random = new SeededRandom(symmetric ? 0xA1u : 0xA0u, (ulong)number);
        var truth = Microscope(random, symmetric);
        return Create(images, number, truth, null, Second, random);
    }

    /// <summary>Makes a case of a sample that is as deep as a cell: 2 to 5 further planes, 1 to 6 µm away at most, none brighter than the one in focus.</summary>
    /// <param name="images">As above.</param>
    /// <param name="number">Number of the case.</param>
    public static FocusCase CreateDeep(IReadOnlyList<(int Structure, SharpPlane Light)> images, int number)
    {
        var random = new SeededRandom(0xA3u, (ulong)number);
        var truth = Microscope(random, symmetric: false);
        return Create(images, number, truth, null, Deep, random);
    }

    /// <summary>Makes a case of one microscope, as exactly known as the others.</summary>
    /// <param name="images">As above.</param>
    /// <param name="number">Number of the case.</param>
    /// <param name="own">The microscope as it is told; the true one differs by as much as for the others.</param>
    public static FocusCase Create(IReadOnlyList<(int Structure, SharpPlane Light)> images, int number, FocusOptics own)
    {
        var random = new SeededRandom(0xA2u, (ulong)number);
        return Create(images, number, Near(own, random), own, Second, random);
    }

    private static FocusCase Create(IReadOnlyList<(int Structure, SharpPlane Light)> images, int number, FocusOptics truth, FocusOptics? own,
        Func<FocusOptics, SeededRandom, IEnumerable<(double Offset, double Weight)>> others, SeededRandom random)
    {
        var aberration = truth.AberrationWaves;
        var defocus = random.NextUniform(-10.25, 10.25);
        var kind = images.Where(image => image.Structure >= 3 == (number % 2 == 0)).ToArray();
        SharpPlane[] planes = [.. kind.Select(image => image.Light)];
        var (structure, light) = kind[random.NextIndex(kind.Length)];
        var beside = new SeededRandom(0xA4u, (ulong)number);
        List<(DefocusedImage, double, double)> layers = [(Plane(light, 12), 0, 1)];
        var total = 1.0;
        foreach (var (offset, weight) in others(truth, random))
        {
            layers.Add((Plane(kind[random.NextIndex(kind.Length)].Light, 12 + Math.Abs(offset)), offset, weight));
            total += weight;
        }

        using var sample = new ThickSample(layers);
        var frame = Array.ConvertAll(sample.At(defocus), value => (float)(value / total));
        var camera = new FocusCamera
        {
            Photons = Math.Exp(random.NextUniform(Math.Log(30), Math.Log(3000))), ReadNoise = random.NextUniform(1, 4),
            Background = random.NextUniform() < 0.5 ? 0 : random.NextUniform(0, 3), Vignetting = random.NextUniform() < 0.3 ? random.NextUniform(0, 0.4) : 0,
        };
        var told = own ?? Near(truth, random);
        return new FocusCase(told, aberration, camera.Photons, structure, defocus, Volume(camera.Expose(frame, Side, Side, random), truth.PixelMicrometres));

        DefocusedImage Plane(SharpPlane sharp, double farthest) => DefocusedImage.Amid(sharp, planes, truth, farthest, beside);
    }

    // In three of ten frames, within a depth of field.
    private static IEnumerable<(double Offset, double Weight)> Second(FocusOptics optics, SeededRandom random)
    {
        if (random.NextUniform() < 0.3)
        {
            yield return (random.NextUniform(-1, 1) * optics.DepthOfField, random.NextUniform(0.1, 0.6));
        }
    }

    private static IEnumerable<(double Offset, double Weight)> Deep(FocusOptics optics, SeededRandom random)
    {
        var (depth, count) = (random.NextUniform(1, 6), 2 + random.NextIndex(4));
        for (var i = 0; i < count; i++)
        {
            yield return (random.NextUniform(-depth, depth), random.NextUniform(0.1, 0.9));
        }
    }

    private static FocusOptics Near(FocusOptics optics, SeededRandom random) => optics with
    {
        NumericalAperture = Math.Min(optics.NumericalAperture * (1 + (Tolerance * random.NextGaussian())), 0.99 * optics.ImmersionIndex),
        WavelengthNm = optics.WavelengthNm * (1 + (Tolerance * random.NextGaussian())),
        SphericalWaves = optics.SphericalWaves * (1 + (AberrationTolerance * random.NextGaussian())),
        DepthMicrometres = optics.DepthMicrometres * (1 + (AberrationTolerance * random.NextGaussian())),
    };

    private static FocusOptics Microscope(SeededRandom random, bool symmetric)
    {
        var kind = random.NextIndex(3);
        var (index, largest) = kind switch { 0 => (1.0, 0.95), 1 => (1.333, 1.2), _ => (1.515, 1.45) };
        var aperture = random.NextUniform(0.4, largest);
        var wavelength = random.NextUniform(480, 700);

        // From twice as fine as the camera has to be, to a little too coarse.
        var pixel = Math.Clamp(random.NextUniform(0.5, 1.1) * wavelength / 1000 / (4 * aperture), 0.05, 0.65);
        var optics = new FocusOptics { NumericalAperture = aperture, WavelengthNm = wavelength, ImmersionIndex = index, PixelMicrometres = pixel };
        if (symmetric)
        {
            return optics;
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var aberrated = random.NextUniform() < 0.5
                ? optics with { SphericalWaves = random.NextUniform(-0.5, 0.5) }
                : optics with { SampleIndex = index > 1.4 ? 1.38 : 1.45, DepthMicrometres = Math.Exp(random.NextUniform(0, Math.Log(100))) };
            if (aberrated.AberrationWaves is > 0.05 and < 0.5)
            {
                return aberrated;
            }
        }

        return optics with { SphericalWaves = 0.2 };
    }

    private static MemoryVolume Volume(float[] frame, double pixel)
    {
        var info = new VolumeInfo(new VolumeShape(1, Side, Side), PixelType.UInt16)
        {
            Calibration = new Calibration { VoxelWidth = pixel, VoxelHeight = pixel, Unit = "micron" },
        };
        var volume = new MemoryVolume(info);
        PixelConverter.FromSingle(frame, PixelType.UInt16, volume.Plane(0).Span);
        return volume;
    }
}
