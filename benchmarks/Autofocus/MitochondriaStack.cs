using System.Globalization;
using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>A real focal stack whose stated defocus is (51 − N) × 0.05 µm, N the number in a file's name.</summary>
internal static class MitochondriaStack
{
    private const int FocusedFile = 51;
    private const double Step = 0.05;

    /// <summary>
    /// Its optics are not stated. Its spectrum ends at 0.32 cycles per pixel: a pixel of 65 nm (6.5 µm at 100×) and an oil objective of 1.45 at 590 nm end at
    /// 0.32.
    /// </summary>
    public static FocusOptics Assumed { get; } = new() { NumericalAperture = 1.45, WavelengthNm = 590, ImmersionIndex = 1.515, PixelMicrometres = 0.065 };

    /// <summary>Adds what an operation makes of the stack.</summary>
    public static void Measure(string folder, IFrameOperation operation, string name, List<Figure> figures, Action<string> log)
    {
        var files = Directory.EnumerateFiles(folder, "Abs*.tif").Order(StringComparer.Ordinal).ToArray();
        var stated = files.Select(file => (FocusedFile - int.Parse(Path.GetFileNameWithoutExtension(file)[3..], CultureInfo.InvariantCulture)) * Step).ToArray();
        var answers = FocusAnswer.Of(operation, Assumed, [.. files.Select(Read)]);
        var distances = answers.Select(answer => answer.Distance).ToArray();
        log($"{name}: {string.Join(' ', stated.Zip(distances, (z, d) => FormattableString.Invariant($"{z:0.00}:{d:0.00}")))}");
        figures.Add(new($"mitochondria_{name}_best_um", stated[Array.IndexOf(distances, distances.Min())], "µm"));
        figures.Add(new($"mitochondria_{name}_focus_um", stated.Zip(answers, (z, answer) => z - answer.Defocus).Order().ElementAt(stated.Length / 2), "µm"));
        figures.Add(new($"mitochondria_{name}_distance_mae_um", distances.Zip(stated, (d, z) => Math.Abs(d - Math.Abs(z))).Average(), "µm"));
        figures.Add(new($"mitochondria_{name}_rank_correlation_above", Rank([.. stated.Zip(distances).Where(p => p.First >= 0)])));
        figures.Add(new($"mitochondria_{name}_rank_correlation_below", Rank([.. stated.Zip(distances).Where(p => p.First <= 0)])));
    }

    private static MemoryVolume Read(string file)
    {
        using var reader = VolumeFile.OpenRead(file);
        var info = new VolumeInfo(reader.Info.Shape, reader.Info.PixelType)
        {
            Calibration = new Calibration { VoxelWidth = Assumed.PixelMicrometres, VoxelHeight = Assumed.PixelMicrometres, Unit = "micron" },
        };
        var plane = new float[info.Shape.PlaneElementCount];
        reader.ReadPlane(0, plane);
        var volume = new MemoryVolume(info);
        PixelConverter.FromSingle(plane, info.PixelType, volume.Plane(0).Span);
        return volume;
    }

    // Spearman's, between the stated and the estimated distance.
    private static double Rank((double Stated, double Found)[] pairs)
    {
        var count = pairs.Length;
        double[] Ranks(IEnumerable<double> values)
        {
            var order = values.Select((value, i) => (value, i)).OrderBy(entry => entry.value).ToArray();
            var ranks = new double[count];
            for (var i = 0; i < count; i++)
            {
                ranks[order[i].i] = i;
            }

            return ranks;
        }

        var (a, b) = (Ranks(pairs.Select(p => Math.Abs(p.Stated))), Ranks(pairs.Select(p => p.Found)));
        return 1 - (6 * a.Zip(b, (x, y) => (x - y) * (x - y)).Sum() / ((double)count * (((double)count * count) - 1)));
    }
}
