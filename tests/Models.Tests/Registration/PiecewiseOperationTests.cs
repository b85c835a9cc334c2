using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class PiecewiseOperationTests
{
    private const string Operation = "register/piecewise-rigid";
    private const int Height = 160;
    private const int Width = 192;

    [Theory]
    [InlineData(0, 100, 0.2)]
    [InlineData(18, 100, 0.2)]
    [InlineData(18, 15, 0.35)]
    public void Process_WarpedMovie_FindsTheFields(double jump, double photons, double tolerance)
    {
        var scene = new SyntheticMotion(1, 1, Height, Width);
        var random = new Random(2);
        Func<double, double, (double, double)>[] fields = [(_, _) => (0, 0), .. Enumerable.Range(1, 4).Select(t => Field(t, jump))];
        var movie = Movie([.. fields.Select(field => scene.Frame(field, photons: photons, random: random))]);
        var run = new MovieRun(Operation, ("template", "first")) { WantsDisplacements = true };

        run.Run(movie);

        for (var t = 1; t < fields.Length; t++)
        {
            var (error, seen, mean, largest) = (0.0, 0, 0.0, 0.0);
            for (var p = 0; p < Height * Width; p++)
            {
                var (y, x) = fields[t](p / Width, p % Width);
                if ((p / Width) + y is >= 0 and <= Height - 1 && (p % Width) + x is >= 0 and <= Width - 1)
                {
                    error += Length(run.Displacements[t][p] - y, run.Displacements[t][(Height * Width) + p] - x);
                    seen++;
                }

                var length = Length(run.Displacements[t][p], run.Displacements[t][(Height * Width) + p]);
                (mean, largest) = (mean + (length / Height / Width), Math.Max(largest, length));
            }

            Assert.True(error / seen < tolerance, $"frame {t}: mean error {error / seen:0.000} px");
            Assert.Equal(mean, run.Numbers[t]["displacement_mean"], 1e-3);
            Assert.Equal(largest, run.Numbers[t]["displacement_max"], 1e-3);
            Assert.Equal(run.Displacements[t][..(Height * Width)].Average(value => (double)value), run.Numbers[t]["shift_y"], 1e-3);
        }

        Assert.True(run.Detail("correlation_after") > run.Detail("correlation_before"));
        Assert.True(run.Detail("correlation_after") > run.Detail("correlation_half_pixel"));
    }

    [Fact]
    public void Process_MovieWithoutMotion_ChangesNoPixel()
    {
        var scene = new SyntheticMotion(2, 1, 128, 128);
        var random = new Random(3);
        var movie = Movie([.. Enumerable.Range(0, 8).Select(_ => scene.Frame(0, 0, 0, 40, random))], 128, 128);
        var run = new MovieRun(Operation);

        var result = run.Run(movie);

        Assert.All(run.Numbers, numbers => Assert.True(numbers["displacement_mean"] < 0.02 && numbers["displacement_max"] < 0.1));
        Assert.True(run.Detail("largest_displacement_px") < 0.1);
        Assert.Equal(movie.Info, result.Info);
    }

    [Fact]
    public void Process_PartWithoutStructure_FollowsItsSurroundings()
    {
        var scene = new SyntheticMotion(4, 1, Height, Width);
        var random = new Random(5);
        float[] Blank(float[] frame, double y, double x)
        {
            // What is blank moves with the rest, and has no sharp edge of its own.
            double Inside(double position, double from, double to) => 1 / (1 + Math.Exp((from - position) / 3)) / (1 + Math.Exp((position - to) / 3));
            for (var p = 0; p < frame.Length; p++)
            {
                var inside = Inside((p / Width) - y, 45, 115) * Inside((p % Width) - x, 65, 125);
                frame[p] = (float)(((1 - inside) * frame[p]) + (inside * (20 + random.NextDouble())));
            }

            return frame;
        }

        var movie = Movie([Blank(scene.Frame(0, 0, 0, 100, random), 0, 0), Blank(scene.Frame(0, 2.5, -1.5, 100, random), 2.5, -1.5)]);
        var run = new MovieRun(Operation, ("template", "first")) { WantsDisplacements = true };

        run.Run(movie);

        var middle = (80 * Width) + 95;
        Assert.Equal(2.5, run.Displacements[1][middle], 0.3);
        Assert.Equal(-1.5, run.Displacements[1][(Height * Width) + middle], 0.3);
    }

    [Fact]
    public void Process_StacksOfTwoChannels_MovesAllPlanesByOneField()
    {
        var scene = new SyntheticMotion(6, 1, 96, 96);
        float[] first = scene.Frame(0, 0, 0), second = scene.Frame((y, x) => (2 + (0.02 * (x - 48)), -1));
        float[] Times(float[] values, float factor) => [.. values.Select(value => factor * value)];
        float[] values = [.. first, .. Times(first, 2), .. Times(first, 3), .. first, .. second, .. Times(second, 2), .. Times(second, 3), .. second];
        var run = new MovieRun(Operation, ("template", "first"), ("reference_channel", 1L)) { WantsDisplacements = true };

        var result = run.Run(MemoryVolume.FromSingles(values, new VolumeShape(2, 2, 2, 96, 96))).ToSingles();

        const int plane = 96 * 96;
        Assert.Equal(4 * plane, run.Displacements[1].Length);
        for (var p = 0; p < plane; p++)
        {
            Assert.Equal(2 * result[(4 * plane) + p], result[(5 * plane) + p], 0.01f);
            Assert.Equal(result[(4 * plane) + p], result[(7 * plane) + p], 0.01f);
            Assert.Equal(run.Displacements[1][p], run.Displacements[1][plane + p]);
        }
    }

    [Fact]
    public void Process_EdgesOfEachKind_AreAsAsked()
    {
        var scene = new SyntheticMotion(7, 1, 96, 112);
        var movie = Movie([scene.Frame(0, 0, 0), scene.Frame(0, 6, -5)], 96, 112);
        MemoryVolume Run(string edge) => new MovieRun(Operation, ("template", "first"), ("edge", edge), ("max_shift", 10.0), ("max_deviation", 4.0)).Run(movie);

        var (nearest, nan, crop) = (Run("nearest"), Run("nan").ToSingles(), Run("crop"));

        Assert.Equal(new VolumeShape(2, 1, 1, 68, 84), crop.Info.Shape);
        Assert.All(nearest.ToSingles(), value => Assert.True(float.IsFinite(value)));
        var (whole, inner) = (nearest.ToSingles(), crop.ToSingles());
        for (var p = 0; p < 96 * 112; p++)
        {
            var (y, x) = (p / 112, p % 112);
            var value = nan[(96 * 112) + p];
            if (y >= 92 || x < 4)
            {
                Assert.True(float.IsNaN(value), $"({y}, {x}) is {value}");
            }
            else if (y is >= 14 and < 82 && x is >= 14 and < 98)
            {
                Assert.Equal(whole[(96 * 112) + p], value);
                Assert.Equal(value, inner[(68 * 84) + ((y - 14) * 84) + x - 14]);
            }
        }
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(1, 40)]
    [InlineData(40, 1)]
    [InlineData(1, 1)]
    [InlineData(33, 32)]
    [InlineData(31, 200)]
    [InlineData(97, 61)]
    public void Process_AwkwardSizes_AreMovedOrLeft(int height, int width)
    {
        var scene = new SyntheticMotion(8, 1, height, width);
        var movie = Movie([scene.Frame(0, 0, 0), scene.Frame(0, 0.5, 1), new float[height * width], scene.Frame(0, 0, 0)], height, width);
        var run = new MovieRun(Operation, ("overlap", 48L)) { WantsDisplacements = true };

        var result = run.Run(movie);

        Assert.All(result.ToSingles(), value => Assert.True(float.IsFinite(value)));
        Assert.Equal(0, run.Numbers[2]["has_structure"]);
        Assert.All(run.Displacements[2], value => Assert.Equal(0, value));
        Assert.All(run.Numbers.Select(numbers => numbers.Keys), keys => Assert.Contains("displacement_mean", keys));
    }

    [Fact]
    public void Process_OneFrame_StaysAsItIs()
    {
        var movie = Movie([new SyntheticMotion(9, 1, 64, 64).Frame(0, 0, 0, 50, new Random(1))], 64, 64);

        Assert.Equal(movie.ToSingles(), new MovieRun(Operation).Run(movie).ToSingles());
    }

    [Fact]
    public void ExportState_GivenToANewJob_GoesOnAsIfNothingHadHappened()
    {
        var scene = new SyntheticMotion(10, 1, 96, 96);
        var random = new Random(2);
        var movie = Movie([.. Enumerable.Range(0, 7).Select(t => scene.Frame(Field(t, 2), photons: 100, random: random))], 96, 96);
        var run = new MovieRun(Operation, ("template_frames", 3L));
        var frame = movie.Info.Shape with { Frames = 1 };
        using var whole = run.StartLive(frame);
        var expected = Live(whole, movie, 0, 7);
        using var first = run.StartLive(frame);
        Live(first, movie, 0, 4);

        using var second = run.StartLive(frame, first.ExportState());

        Assert.Equal(expected.Skip(2 * 4), Live(second, movie, 4, 7));
        var refusal = Assert.Throws<InferenceException>(() => new MovieRun("register/rigid").StartLive(frame, first.ExportState()));
        Assert.Equal((InferenceError.AuxiliaryInvalid, "state"), (refusal.Error, refusal.Field));
    }

    private static List<double> Live(IFrameJob job, MemoryVolume movie, int from, int to)
    {
        var found = new List<double>();
        for (var t = from; t < to; t++)
        {
            var task = new FrameTask(t, MovieRun.Frame(movie, t), new byte[movie.Info.PlaneBytes]);
            job.Process([task], TestContext.Current.CancellationToken);
            found.AddRange([task.Numbers["shift_y"], task.Numbers["displacement_max"]]);
        }

        return found;
    }

    // Two slow waves of up to 3 px, and a jump of the whole frame.
    private static Func<double, double, (double Y, double X)> Field(int t, double jump) => (y, x) => (
        (jump * Math.Sin(t)) + (2.5 * Math.Sin((y / 45) + (x / 60) + t)), (jump * Math.Cos(2 * t)) + (2 * Math.Cos((x / 50) - (y / 70) + (2 * t))));

    private static double Length(double y, double x) => Math.Sqrt((y * y) + (x * x));

    private static MemoryVolume Movie(float[][] frames, int height = Height, int width = Width) =>
        MemoryVolume.FromSingles([.. frames.SelectMany(frame => frame)], new VolumeShape(frames.Length, 1, 1, height, width));
}
