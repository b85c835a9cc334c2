using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>Sharp images by name: real ones that no network of ours was trained on, W2S fields, phantoms.</summary>
internal static class FocusImages
{
    /// <summary>Reads an image and cuts out its middle.</summary>
    /// <param name="data">Folder of the real images.</param>
    /// <param name="name">lysosome/N, celegans, pollen, pc12, vnc/NN, w2s/FFF_C, or a phantom as tubules/SEED.</param>
    /// <param name="side">Rows and columns at most.</param>
    public static (float[] Light, int Height, int Width) Read(string data, string name, int side)
    {
        var (kind, which) = name.Split('/') is [var left, var right] ? (left, right) : (name, "");
        return kind switch
        {
            "lysosome" => Plane(Path.Combine(data, "denoise", "lysosome", $"{which}.tif"), 0, side),
            "celegans" => Plane(Path.Combine(data, "deconvolution", "pollen_and_celegans", "celegans.tif"), 0, side),
            "pollen" => Plane(Path.Combine(data, "deconvolution", "pollen_and_celegans", "pollen.tif"), 16, side),
            "pc12" => Plane(Path.Combine(data, "registration", "drift", "pc12-unreg.tif"), 0, side),
            "w2s" => Plane(Path.Combine(data, "denoise", "w2s", "clean", $"{which}.tif"), 0, side),
            "vnc" => Inverted(Plane(Path.Combine(data, "segmentation", "vnc_mitochondria", $"raw_{which}.tif"), 0, side)),
            _ => Phantom(Enum.Parse<PhantomKind>(kind, ignoreCase: true), ulong.Parse(which), side),
        };
    }

    private static (float[] Light, int Height, int Width) Plane(string path, int plane, int side)
    {
        using var file = VolumeFile.OpenRead(path);
        var shape = file.Info.Shape;
        var all = new float[shape.PlaneElementCount];
        file.ReadPlane(plane, all);
        var (height, width) = (Math.Min(side, shape.Height), Math.Min(side, shape.Width));
        var (top, left) = ((shape.Height - height) / 2, (shape.Width - width) / 2);
        var light = new float[height * width];
        for (var row = 0; row < height; row++)
        {
            all.AsSpan(((top + row) * shape.Width) + left, width).CopyTo(light.AsSpan(row * width));
        }

        return (light, height, width);
    }

    // Electron micrographs are dark where there is something.
    private static (float[] Light, int Height, int Width) Inverted((float[] Light, int Height, int Width) image) =>
        (Array.ConvertAll(image.Light, value => 255 - value), image.Height, image.Width);

    private static (float[] Light, int Height, int Width) Phantom(PhantomKind kind, ulong seed, int side)
    {
        using var sample = InferenceBridge.Imaging.Phantom.Create(new PhantomOptions { Kind = kind, Depth = 1, Height = side, Width = side, VoxelSizeXY = 0.12, Seed = seed }).Truth;
        return (sample.ToSingles(), side, side);
    }
}
