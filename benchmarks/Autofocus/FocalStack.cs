using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>A real focal stack whose best plane is stated, as frames.</summary>
internal sealed class FocalStack
{
    private const int FocusPlane = 51;

    // Pixel size, aperture and wavelength are not stated with the data; networks, which need them, are told these.
    private const double AssumedPixel = 0.065;

    private FocalStack(MemoryVolume frames, double[] z) => (Frames, Z) = (frames, z);

    /// <summary>Distance of planes in µm.</summary>
    public const double Step = 0.05;

    /// <summary>The planes along T.</summary>
    public MemoryVolume Frames { get; }

    /// <summary>Stage position of each plane less that of the stated focus, in µm: the defocus with the sign of the stage.</summary>
    public double[] Z { get; }

    /// <summary>The plane next to the stated focus.</summary>
    public int StatedPlane => Enumerable.Range(0, Z.Length).MinBy(i => Math.Abs(Z[i]));

    /// <summary>Reads AbsNNNN.tif; the data state that defocus = (51 − N) · 0.05 µm.</summary>
    public static FocalStack Mitochondria(string folder)
    {
        var files = Directory.GetFiles(folder, "Abs*.tif").Order(StringComparer.Ordinal).ToArray();
        var numbers = files.Select(file => int.Parse(Path.GetFileNameWithoutExtension(file)[3..], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        using var first = VolumeFile.OpenRead(files[0]);
        var shape = new VolumeShape(files.Length, 1, 1, first.Info.Shape.Height, first.Info.Shape.Width);
        var frames = new MemoryVolume(new VolumeInfo(shape, first.Info.PixelType)
        {
            Calibration = new Calibration { VoxelWidth = AssumedPixel, VoxelHeight = AssumedPixel, Unit = "µm" },
        });
        for (var i = 0; i < files.Length; i++)
        {
            using var file = VolumeFile.OpenRead(files[i]);
            file.ReadRows(0, 0, shape.Height, frames.Plane(i).Span);
        }

        return new FocalStack(frames, [.. numbers.Select(number => (number - FocusPlane) * Step)]);
    }
}
