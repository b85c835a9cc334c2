using InferenceBridge.Imaging;
using TorchSharp;

namespace InferenceBridge.Models.Tests;

/// <summary>What users of calcium imaging want from motion correction: the fluorescence of cells as it would be without motion.</summary>
public class CalciumTraceTests(ITestOutputHelper output)
{
    private const int Frames = 200;
    private const int Size = 64;

    // Placed by hand on cells that light up, in the mean and the standard deviation over time.
    private static readonly (int Y, int X)[] Regions =
        [(14, 24), (19, 30), (27, 29), (28, 20), (28, 43), (33, 15), (41, 31), (45, 30), (52, 27), (55, 36)];

    [Theory]
    [InlineData("register/rigid", false)]
    [InlineData("register/piecewise-rigid", false)]
    [InlineData("register/piecewise-rigid", true)]
    public void Process_WarpedCalciumMovie_GivesTracesBack(string operation, bool isNonRigid)
    {
        var truth = Read();
        var moved = Warped(truth, isNonRigid);
        var run = new MovieRun(operation, ("max_shift", 8.0));

        var corrected = run.Run(MemoryVolume.FromSingles(moved, new VolumeShape(Frames, 1, 1, Size, Size))).ToSingles();

        var before = Regions.Select(region => Correlation(Trace(truth, region), Trace(moved, region))).ToArray();
        var after = Regions.Select(region => Correlation(Trace(truth, region), Trace(corrected, region))).ToArray();
        output.WriteLine($"before {string.Join(" ", before.Select(r => r.ToString("0.000")))}");
        output.WriteLine($"after {string.Join(" ", after.Select(r => r.ToString("0.000")))}");
        output.WriteLine(string.Join(", ", run.Details.Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.All(after, r => Assert.True(r >= 0.98));
        Assert.True(before.Average() < 0.9);
    }

    private static float[] Read()
    {
        var file = Path.Combine(RealData.Require("registration/calcium_movie"), "mouse_movie_64x64.tif");
        using var reader = VolumeFile.OpenRead(file);
        return MemoryVolume.From(reader).ToSingles()[..(Frames * Size * Size)];
    }

    // The content of each pixel p goes to p + d(p): jitter of ±3 px and a drift there and back, and four slow whirls of up to 2 px.
    private static float[] Warped(float[] movie, bool isNonRigid)
    {
        var random = new Random(7);
        var result = new float[movie.Length];
        for (var t = 0; t < Frames; t++)
        {
            using var scope = torch.NewDisposeScope();
            var (y, x) = ((3 * random.NextDouble()) - 1.5 + (1.5 * Math.Sin(2 * Math.PI * t / Frames)), (3 * random.NextDouble()) - 1.5 + (1.5 * Math.Cos(2 * Math.PI * t / Frames)));
            var source = new float[2 * Size * Size];
            for (var p = 0; p < Size * Size; p++)
            {
                var (dy, dx) = isNonRigid ? Whirls(p / Size, p % Size, t) : (0, 0);
                (source[p], source[(Size * Size) + p]) = ((float)-(y + dy), (float)-(x + dx));
            }

            var frame = FieldWarp.Sample(
                torch.tensor(movie.AsSpan(t * Size * Size, Size * Size).ToArray(), [1, Size, Size]), torch.tensor(source, [2, Size, Size]), Interpolation.Cubic);
            frame.data<float>().ToArray().CopyTo(result.AsSpan(t * Size * Size));
        }

        return result;
    }

    private static (double Y, double X) Whirls(int y, int x, int t)
    {
        var (dy, dx) = (0.0, 0.0);
        for (var k = 0; k < 4; k++)
        {
            var (cy, cx) = (16 + (32 * (k / 2)), 16 + (32 * (k % 2)));
            var weight = 2 * Math.Exp(-0.5 * (((y - cy) * (y - cy)) + ((x - cx) * (x - cx))) / (14 * 14));
            dy += weight * Math.Sin((2 * Math.PI * t / 40) + k);
            dx += weight * Math.Cos((2 * Math.PI * t / 50) + (2 * k));
        }

        return (dy, dx);
    }

    private static double[] Trace(float[] movie, (int Y, int X) region) =>
    [
        .. Enumerable.Range(0, Frames).Select(t => Enumerable.Range(0, 25)
            .Average(i => (double)movie[(t * Size * Size) + ((region.Y - 2 + (i / 5)) * Size) + region.X - 2 + (i % 5)])),
    ];

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var product = a.Zip(b, (p, q) => (p - meanA) * (q - meanB)).Sum();
        return product / Math.Sqrt(a.Sum(p => (p - meanA) * (p - meanA)) * b.Sum(q => (q - meanB) * (q - meanB)));
    }
}
