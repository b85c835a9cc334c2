using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

/// <summary>Stacks of beads whose image is a Gaussian, so that every place between voxels is known exactly.</summary>
internal sealed class BeadScene(int depth, int height, int width, (double Z, double Y, double X) sigma)
{
    private readonly double[] _values = new double[depth * height * width];

    public VolumeShape Shape => new(depth, height, width);

    public Calibration Calibration { get; init; } = new() { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = 0.2, Unit = "µm" };

    public BeadScene Add(double z, double y, double x, double peak)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            var (row, column) = Math.DivRem(i, width);
            var (slice, line) = Math.DivRem(row, height);
            var (dz, dy, dx) = ((slice - z) / sigma.Z, (line - y) / sigma.Y, (column - x) / sigma.X);
            _values[i] += peak * Math.Exp(-0.5 * ((dz * dz) + (dy * dy) + (dx * dx)));
        }

        return this;
    }

    /// <summary>A point as a microscope sees it, within 0.9 µm of its axis.</summary>
    public BeadScene Add(MicroscopeField field, (double Z, double Y, double X) at, double peak)
    {
        var top = field.Profile(0).Values[0];
        for (var slice = 0; slice < depth; slice++)
        {
            var profile = field.Profile((slice - at.Z) * Calibration.VoxelDepth);
            for (var i = 0; i < height * width; i++)
            {
                var (dy, dx) = (((i / width) - at.Y) * Calibration.VoxelHeight, ((i % width) - at.X) * Calibration.VoxelWidth);
                var radius = Math.Sqrt((dy * dy) + (dx * dx));
                _values[(slice * height * width) + i] += radius < 0.9 ? peak * profile.At(radius) / top : 0;
            }
        }

        return this;
    }

    /// <summary>Grey values with background and, if a seed is given, Gaussian noise; above full scale they are cut.</summary>
    public MemoryVolume ToVolume(double background, double noise = 0, int seed = 0, double fullScale = double.PositiveInfinity)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var volume = new MemoryVolume(new VolumeInfo(Shape, PixelType.UInt16) { Calibration = Calibration });
        var grey = Array.ConvertAll(_values, v => (float)Math.Min(fullScale, v + background + (noise > 0 ? noise * Normal() : 0)));
        var plane = height * width;
        for (var i = 0; i < depth; i++)
        {
            PixelConverter.FromSingle(grey.AsSpan(i * plane, plane), PixelType.UInt16, volume.Plane(i).Span);
        }

        return volume;
    }
}
