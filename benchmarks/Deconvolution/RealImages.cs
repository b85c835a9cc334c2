using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Deconvolution;

/// <summary>Real images before and after deconvolution, for which nobody knows the truth: contrast, widths, resolution.</summary>
internal static class RealImages
{
    private const int Iterations = 30;
    private const double GridFloor = 1;

    private static readonly Calibration GridVoxels = Voxels(0.021965, 0.125);
    private static readonly Calibration BeadVoxels = Voxels(0.022492, 0.125);

    private static readonly (string Name, (string, object)[] Parameters)[] Algorithms =
    [
        ("rl", [("iterations", (long)Iterations)]),
        ("rl_nesterov", [("iterations", (long)Iterations), ("acceleration", "nesterov")]),
        ("rl_tv", [("iterations", (long)Iterations), ("regularisation", "total-variation")]),
    ];

    public static void Run(string folder, List<Figure> figures, List<Target> targets, Action<string> log, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
        {
            log($"{folder} is missing: the real images are left out");
            return;
        }

        Grid(Path.Combine(folder, "confocal_grid_and_beads"), figures, log, cancellation);
        Pollen(Path.Combine(folder, "pollen_and_celegans"), figures, log, cancellation);
        targets.AddRange([new("grid_rl_contrast", 2 * Value(figures, "grid_before_contrast")), new("pollen_rl_contrast", Value(figures, "pollen_before_contrast"))]);
    }

    private static void Grid(string folder, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        var grid = Stack(folder, "DeconvolutionSampleVerticalGrid1AU-crop.tif", GridVoxels);

        // Around its brightest voxel 26, 18, 23, with no more planes than the image has.
        var psf = Crop(Stack(folder, "psf_bead_average.tif", BeadVoxels), new Box(16, 0, 2, 21, 37, 43));
        (string, object)[] background = [("background", GridFloor)];
        Measure("before", grid, Halves(grid));
        foreach (var (name, parameters) in Algorithms)
        {
            cancellation.ThrowIfCancellationRequested();
            var result = Deconvolve(grid, psf, [.. parameters, .. background]);
            var (even, odd) = Halves(grid);
            Measure(name, result, (Deconvolve(even, psf, [.. parameters, .. background]), Deconvolve(odd, psf, [.. parameters, .. background])));
            Draw($"deconvolution-grid-{name}.png", grid, result, psf);
        }

        void Measure(string name, MemoryVolume stack, (MemoryVolume Even, MemoryVolume Odd) halves)
        {
            var floor = name == "before" ? GridFloor : 0;
            var profile = ColumnProfile(stack, floor);
            var (left, right) = (profile[60..78].Max(), profile[78..95].Max());
            var valley = profile[Array.IndexOf(profile, left)..Array.IndexOf(profile, right)].Min();
            var width = 2 * OuterHalf(profile, Array.IndexOf(profile, profile[30..56].Max())) * stack.Info.Calibration.VoxelWidth;
            var fsc = FourierShellCorrelation.Compute(halves.Even, halves.Odd).Resolution(0.143) ?? 0;
            figures.Add(new($"grid_{name}_contrast", ((left + right) / 2 - valley) / ((left + right) / 2 + valley), ""));
            figures.Add(new($"grid_{name}_line_width", width, "µm"));
            figures.Add(new($"grid_{name}_fsc", fsc, "µm"));
            log($"grid, {name}: contrast {Value(figures, $"grid_{name}_contrast"):0.000}, lines {width:0.000} µm wide, halves correlate to {fsc:0.000} µm");
        }
    }

    private static void Pollen(string folder, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        var (pollen, psf) = (Stack(folder, "pollen.tif", Calibration.None), Stack(folder, "gibsonlanni_psf.tif", Calibration.None));
        Measure("before", pollen);
        foreach (var (name, parameters) in Algorithms)
        {
            cancellation.ThrowIfCancellationRequested();
            var result = Deconvolve(pollen, psf, parameters);
            Measure(name, result);
            Draw($"deconvolution-pollen-{name}.png", pollen, result, psf);
        }

        void Measure(string name, MemoryVolume stack)
        {
            var shape = stack.Info.Shape;
            var plane = stack.ToSingles().AsSpan((int)(shape.PlaneElementCount * 8), (int)shape.PlaneElementCount).ToArray();
            var contrast = Math.Sqrt(plane.Average(value => Math.Pow(value - plane.Average(), 2))) / plane.Average();
            var widths = RidgeWidths(plane, shape).Order().ToArray();
            figures.Add(new($"pollen_{name}_contrast", contrast, ""));
            figures.Add(new($"pollen_{name}_ridge_width", widths[widths.Length / 2], "voxels"));
            log($"pollen, {name}: contrast {contrast:0.000}, ridges {widths[widths.Length / 2]:0.00} voxels wide");
        }
    }

    // From a line's peak to where its left side falls to one half: on its right other lines throw light.
    private static double OuterHalf(float[] profile, int peak)
    {
        var (half, x) = (profile[peak] / 2, peak);
        while (x > 0 && profile[x] > half)
        {
            x--;
        }

        return peak - x - ((half - profile[x]) / Math.Max(profile[x + 1] - profile[x], 1e-9));
    }

    // Bright lines that a row of the plane crosses: spines and the wall.
    private static IEnumerable<double> RidgeWidths(float[] plane, VolumeShape shape)
    {
        var least = 0.2 * plane.Max();
        for (var y = 0; y < shape.Height; y++)
        {
            var row = plane[(y * shape.Width)..((y + 1) * shape.Width)];
            for (var x = 1; x < row.Length - 1; x++)
            {
                if (row[x] > least && row[x] > row[x - 1] && row[x] >= row[x + 1] && PsfWidths.OfLine(row, x) is var width && double.IsFinite(width))
                {
                    yield return width;
                }
            }
        }
    }

    // The lines of the grid run along y: its rows show the same, each with noise of its own.
    private static (MemoryVolume Even, MemoryVolume Odd) Halves(MemoryVolume stack)
    {
        var (shape, values) = (stack.Info.Shape, stack.ToSingles());
        var calibration = stack.Info.Calibration;
        MemoryVolume Half(int parity) => MemoryVolume.FromSingles(
            [.. values.Where((_, i) => i / shape.Width % shape.Height % 2 == parity)], shape with { Height = shape.Height / 2 },
            calibration with { VoxelHeight = 2 * calibration.VoxelHeight });
        return (Half(0), Half(1));
    }

    private static float[] ColumnProfile(MemoryVolume stack, double floor)
    {
        var (shape, values) = (stack.Info.Shape, stack.ToSingles());
        return [.. Enumerable.Range(0, shape.Width).Select(x => (float)(Enumerable.Range(0, shape.Depth * shape.Height)
            .Average(row => values[(row * shape.Width) + x]) - floor))];
    }

    private static MemoryVolume Deconvolve(MemoryVolume image, MemoryVolume psf, IEnumerable<(string Name, object Value)> parameters)
    {
        using var operation = new InProcessOperation("deconvolve/richardson-lucy", parameters.ToDictionary(pair => pair.Name, pair => pair.Value), image,
            new Dictionary<string, MemoryVolume> { ["psf"] = psf });
        operation.Run();
        return MemoryVolume.FromSingles([.. operation.Result], image.Info.Shape, image.Info.Calibration);
    }

    private static void Draw(string name, MemoryVolume before, MemoryVolume after, MemoryVolume psf) =>
        Pictures.Save(name, () => DeconvolutionReport.Create(before, after, psf));

    private static MemoryVolume Crop(MemoryVolume stack, Box box)
    {
        var (shape, values) = (stack.Info.Shape, stack.ToSingles());
        var cropped = new float[box.ElementCount];
        for (var i = 0; i < cropped.Length; i++)
        {
            var (row, x) = Math.DivRem(i, box.Width);
            var (z, y) = Math.DivRem(row, box.Height);
            cropped[i] = values[((((box.Z + z) * shape.Height) + box.Y + y) * shape.Width) + box.X + x];
        }

        return MemoryVolume.FromSingles(cropped, new VolumeShape(box.Depth, box.Height, box.Width), stack.Info.Calibration);
    }

    // A plain TIFF of many pages: the pages are slices, whatever axis the reader takes them for.
    private static MemoryVolume Stack(string folder, string name, Calibration calibration)
    {
        using var file = VolumeFile.OpenRead(Path.Combine(folder, name));
        using var volume = MemoryVolume.From(file);
        var shape = file.Info.Shape;
        return MemoryVolume.FromSingles(volume.ToSingles(), new VolumeShape((int)shape.PlaneCount, shape.Height, shape.Width), calibration);
    }

    private static Calibration Voxels(double xy, double z) => new() { VoxelWidth = xy, VoxelHeight = xy, VoxelDepth = z, Unit = "µm" };

    private static double Value(List<Figure> figures, string name) => figures.Single(figure => figure.Name == name).Value;
}
