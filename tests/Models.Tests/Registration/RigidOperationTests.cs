using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class RigidOperationTests
{
    private static readonly (double Z, double Y, double X)[] Walk =
        [(0, 0, 0), (0, 0.4, -0.7), (0, 1.25, -1.5), (0, 3.3, 2.6), (0, -6.55, 4.1), (0, -2.1, -9.35), (0, 11.7, 7.45), (0, 0.5, 0.5)];

    [Theory]
    [InlineData("first", 1)]
    [InlineData("mean", 1)]
    [InlineData("mean", 2)]
    [InlineData("running", 2)]
    public void Process_NoisyMovie_FindsShiftsToATenthOfAPixel(string template, int passes)
    {
        var movie = new SyntheticMotion(1, 1, 120, 144).Movie(Walk, photons: 100);
        var run = new MovieRun("register/rigid", ("template", template), ("passes", (long)passes));

        run.Run(movie);

        // The mean of a movie's range stands where its frames stand on average.
        var middle = template == "mean" && passes == 2 ? (Y: Walk.Average(d => d.Y), X: Walk.Average(d => d.X)) : (0, 0);
        AssertShifts([.. Walk.Select(d => (d.Z, d.Y - middle.Y, d.X - middle.X))], run.Numbers, 0.1);
        Assert.True(run.Detail("correlation_after") > run.Detail("correlation_before") + 0.1);
        Assert.True(run.Detail("crispness_after") > run.Detail("crispness_before"));
        Assert.Empty(run.Warnings);
    }

    [Theory]
    [InlineData("050_2")]
    [InlineData("054_2")]
    [InlineData("057_1")]
    [InlineData("057_2")]
    public void Process_FrameBeyondTheReachOfTheFirst_IsFoundInTheSecondPass(string field)
    {
        // The last frame lies 28 px from the first one and 14 from the mean. The first pass finds it where it merely resembles the template.
        (int Y, int X)[] shifts = [(0, -14), (0, 0), (1, 2), (1, 4), (1, -2), (1, 1), (1, 3), (1, -3), (2, 5), (2, 0), (2, 3), (9, 14)];
        const int size = 256;
        using var reader = VolumeFile.OpenRead(RealData.Require($"denoise/w2s/clean/{field}.tif"));
        var scene = MemoryVolume.From(reader).ToSingles();
        var random = new SeededRandom(1);
        var frames = shifts.SelectMany(shift => Enumerable.Range(0, size * size).Select(i =>
            (float)random.NextPoisson((scene[((100 + (i / size) - shift.Y) * 512) + 100 + (i % size) - shift.X] * 60 / 255) + 3)));
        var run = new MovieRun("register/rigid", ("max_shift", 24.0));

        run.Run(MemoryVolume.FromSingles([.. frames], new VolumeShape(shifts.Length, 1, 1, size, size)));

        var found = run.Numbers.Select(numbers => (Y: numbers["shift_y"], X: numbers["shift_x"])).ToArray();
        for (var i = 0; i < shifts.Length; i++)
        {
            Assert.Equal(shifts[i].Y - shifts[1].Y, found[i].Y - found[1].Y, 0.3);
            Assert.Equal(shifts[i].X - shifts[1].X, found[i].X - found[1].X, 0.3);
        }
    }

    [Fact]
    public void Process_MovieWithoutMotion_ChangesNothing()
    {
        var movie = new SyntheticMotion(2, 1, 96, 96).Movie([.. Enumerable.Repeat((0.0, 0.0, 0.0), 12)], photons: 100);
        var run = new MovieRun("register/rigid");

        run.Run(movie);

        AssertShifts([.. Enumerable.Repeat((0.0, 0.0, 0.0), 12)], run.Numbers, 0.05);
    }

    [Fact]
    public void Process_Stacks_FindsShiftsAlongZToo()
    {
        (double Z, double Y, double X)[] shifts = [(0, 0, 0), (0.6, -1.3, 2.2), (-1.4, 4.5, 0.25), (2.2, 0, -3.1)];
        var movie = new SyntheticMotion(3, 20, 64, 72, sigma: 2.2).Movie(shifts, photons: 200);
        var run = new MovieRun("register/rigid", ("template", "first"), ("passes", 1L));

        run.Run(movie);

        AssertShifts(shifts, run.Numbers, 0.1);
    }

    [Fact]
    public void Process_StacksIn2d_MovesAllSlicesAlike()
    {
        (double Z, double Y, double X)[] shifts = [(0, 0, 0), (0, -1.3, 2.2), (0, 4.5, 0.25)];
        var movie = new SyntheticMotion(4, 6, 64, 72, sigma: 2.2).Movie(shifts, photons: 200);
        var run = new MovieRun("register/rigid", ("mode", "2d"), ("template", "first"));

        run.Run(movie);

        AssertShifts(shifts, run.Numbers, 0.1);
        Assert.DoesNotContain("shift_z", run.Numbers[0].Keys);
    }

    [Fact]
    public void Process_WholePixelShift_PutsEveryPixelBack()
    {
        var scene = new SyntheticMotion(5, 1, 64, 80);
        var movie = scene.Movie([(0, 0, 0), (0, 3, -5)]);
        var run = new MovieRun("register/rigid", ("template", "first"), ("passes", 1L), ("edge", "nan"), ("interpolation", "bilinear"));

        var result = run.Run(movie);

        var (first, second) = (Pixels(movie, 0), Pixels(result, 1));
        for (var y = 0; y < 64; y++)
        {
            for (var x = 0; x < 80; x++)
            {
                // Sampling at (y + 3, x − 5) leaves the frame in the last rows and the first columns; a shift that is off by a hair adds one.
                if (y < 55 && x >= 9)
                {
                    Assert.Equal(first[(y * 80) + x], second[(y * 80) + x], 4f);
                }
                else if (y >= 61 || x < 5)
                {
                    Assert.True(float.IsNaN(second[(y * 80) + x]), $"({y}, {x}) is {second[(y * 80) + x]}");
                }
            }
        }
    }

    [Fact]
    public void Process_DisplacementsAskedFor_AreTheShiftEverywhere()
    {
        var movie = new SyntheticMotion(14, 6, 48, 56, sigma: 2.2).Movie([(0, 0, 0), (1.3, 2.25, -3.5)]);
        var run = new MovieRun("register/rigid", ("template", "first"), ("edge", "crop"), ("max_shift", 6.0), ("max_shift_z", 2.0)) { WantsDisplacements = true };

        run.Run(movie);

        const int pixels = 2 * 36 * 44;
        Assert.Equal(3 * pixels, run.Displacements[1].Length);
        var names = new[] { "shift_z", "shift_y", "shift_x" };
        Assert.All(run.Displacements[1].Chunk(pixels).Zip(names), part => Assert.All(part.First, value => Assert.Equal((float)run.Numbers[1][part.Second], value)));
        Assert.All(run.Displacements[0], value => Assert.Equal(0, value, 0.05f));
    }

    [Fact]
    public void Process_SmallShifts_AreFoundToATenthOfAPixel()
    {
        var random = new Random(3);
        (double Z, double Y, double X)[] shifts = [.. Enumerable.Range(0, 24).Select(_ => (0.0, (0.8 * random.NextDouble()) - 0.4, (0.8 * random.NextDouble()) - 0.4))];
        var run = new MovieRun("register/rigid");

        run.Run(new SyntheticMotion(15, 1, 128, 128).Movie(shifts, photons: 100));

        var middle = (Y: shifts.Average(d => d.Y), X: shifts.Average(d => d.X));
        AssertShifts([.. shifts.Select(d => (d.Z, d.Y - middle.Y, d.X - middle.X))], run.Numbers, 0.1);
    }

    [Fact]
    public void Plan_Crop_TakesTheLargestShiftOffEachSide()
    {
        var plan = new MovieRun("register/rigid", ("edge", "crop"), ("max_shift", 7.5)).Plan(new VolumeShape(10, 2, 1, 60, 90));

        Assert.Equal(new VolumeShape(1, 2, 1, 44, 74), plan.Result);
    }

    [Fact]
    public void Process_SeveralChannels_MovesAllByTheReference()
    {
        var scene = new SyntheticMotion(6, 1, 64, 64);
        var other = new SyntheticMotion(7, 1, 64, 64);

        // The first channel does not move on its own account: only the reference, the second, says what to do.
        float[] values = [.. other.Frame(0, 0, 0), .. scene.Frame(0, 0, 0), .. other.Frame(0, 2, 3), .. scene.Frame(0, 2, 3)];
        var movie = MemoryVolume.FromSingles(values, new VolumeShape(2, 2, 1, 64, 64));
        var run = new MovieRun("register/rigid", ("reference_channel", 1L), ("template", "first"), ("passes", 1L));

        var result = run.Run(movie);

        AssertShifts([(0, 0, 0), (0, 2, 3)], run.Numbers, 0.1);
        var (before, after) = (Pixels(movie, 0), Pixels(result, 2));
        for (var y = 4; y < 60; y++)
        {
            for (var x = 4; x < 60; x++)
            {
                Assert.Equal(before[(y * 64) + x], after[(y * 64) + x], 4f);
            }
        }
    }

    [Fact]
    public void Process_GivenTemplate_IsWhatFramesAreMovedTo()
    {
        var scene = new SyntheticMotion(8, 1, 64, 64);
        var template = MemoryVolume.FromSingles(scene.Frame(0, 1.5, -2.5), new VolumeShape(1, 64, 64));
        var run = new MovieRun("register/rigid", ("template", "given")) { Template = template };

        run.Run(scene.Movie([(0, 0, 0), (0, 3, 1)], photons: 300));

        AssertShifts([(0, -1.5, 2.5), (0, 1.5, 3.5)], run.Numbers, 0.1);
    }

    [Fact]
    public void Process_OneFrame_StaysAsItIs()
    {
        var movie = new SyntheticMotion(9, 1, 32, 32).Movie([(0, 0, 0)], photons: 50);
        var run = new MovieRun("register/rigid");

        var result = run.Run(movie);

        Assert.Equal(movie.ToSingles(), result.ToSingles());
        Assert.Equal(0, run.Numbers[0]["shift_x"]);
    }

    [Fact]
    public void Process_ConstantFrame_StaysAndIsTold()
    {
        var scene = new SyntheticMotion(10, 1, 48, 48);
        float[] values = [.. new float[48 * 48], .. scene.Frame(0, 0, 0), .. Enumerable.Repeat(7f, 48 * 48), .. scene.Frame(0, 2, 1)];
        var run = new MovieRun("register/rigid");

        var result = run.Run(MemoryVolume.FromSingles(values, new VolumeShape(4, 1, 1, 48, 48)));

        Assert.Equal([0, 1, 0, 1], run.Numbers.Select(numbers => numbers["has_structure"]));
        Assert.All(Pixels(result, 2), value => Assert.Equal(7, value));
        AssertShifts([(0, 0, 0), (0, 2, 1)], [Relative(run.Numbers[1], run.Numbers[1]), Relative(run.Numbers[3], run.Numbers[1])], 0.1);
        Assert.Contains(run.Warnings, warning => warning.StartsWith("2 frame(s) are constant", StringComparison.Ordinal));
    }

    [Fact]
    public void Process_ShiftBeyondTheLargest_IsTold()
    {
        var run = new MovieRun("register/rigid", ("max_shift", 4.0), ("template", "first"), ("passes", 1L));

        run.Run(new SyntheticMotion(11, 1, 64, 64).Movie([(0, 0, 0), (0, 0, 5)]));

        Assert.Contains(run.Warnings, warning => warning.Contains("max_shift", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("first")]
    [InlineData("mean")]
    [InlineData("running")]
    public void ExportState_GivenToANewJob_GoesOnAsIfNothingHadHappened(string template)
    {
        var movie = new SyntheticMotion(12, 1, 64, 64).Movie(Walk, photons: 100);
        var run = new MovieRun("register/rigid", ("template", template), ("template_frames", 6L));
        var frame = movie.Info.Shape with { Frames = 1 };
        using var whole = run.StartLive(frame);
        var expected = Live(whole, movie, 0, Walk.Length);
        using var first = run.StartLive(frame);
        Live(first, movie, 0, 4);

        using var second = run.StartLive(frame, first.ExportState());
        var resumed = Live(second, movie, 4, Walk.Length);

        Assert.Equal(expected.Skip(4), resumed);
        Assert.Equal(whole.Details["frames"], second.Details["frames"]);
    }

    [Fact]
    public void Start_DamagedState_IsRefusedByName()
    {
        var run = new MovieRun("register/rigid");
        using var job = run.StartLive(new VolumeShape(1, 64, 64));
        Live(job, new SyntheticMotion(13, 1, 64, 64).Movie([(0, 0, 0)]), 0, 1);
        var state = job.ExportState();

        foreach (var (bad, shape) in new[] { (state[..^5], 64), (new byte[3], 64), (new byte[100], 64), (state, 60) })
        {
            var refusal = Assert.Throws<InferenceException>(() => run.StartLive(new VolumeShape(1, shape, shape), bad));
            Assert.Equal((InferenceError.AuxiliaryInvalid, "state"), (refusal.Error, refusal.Field));
        }
    }

    [Fact]
    public void Plan_WrongTemplates_AreRefusedByName()
    {
        var small = new MemoryVolume(new VolumeInfo(new VolumeShape(1, 60, 64), PixelType.Float32));
        var movie = new VolumeShape(5, 1, 1, 64, 64);

        Assert.Equal(InferenceError.InputMissing, Refusal(new MovieRun("register/rigid", ("template", "given"))));
        Assert.Equal(InferenceError.InputUnexpected, Refusal(new MovieRun("register/rigid") { Template = small }));
        Assert.Equal(InferenceError.ShapeMismatch, Refusal(new MovieRun("register/rigid", ("template", "given")) { Template = small }));
        Assert.Equal(InferenceError.ParameterOutOfRange, Refusal(new MovieRun("register/rigid", ("reference_channel", 1L))));

        InferenceError Refusal(MovieRun run) => Assert.Throws<InferenceException>(() => run.Plan(movie)).Error;
    }

    private static List<(double, double)> Live(IFrameJob job, MemoryVolume movie, int from, int to)
    {
        var shifts = new List<(double, double)>();
        for (var t = from; t < to; t++)
        {
            var task = new FrameTask(t, MovieRun.Frame(movie, t), new byte[movie.Info.PlaneBytes]);
            job.Process([task], TestContext.Current.CancellationToken);
            shifts.Add((task.Numbers["shift_y"], task.Numbers["shift_x"]));
        }

        return shifts;
    }

    private static Dictionary<string, double> Relative(IReadOnlyDictionary<string, double> numbers, IReadOnlyDictionary<string, double> origin) =>
        new[] { "shift_y", "shift_x" }.ToDictionary(name => name, name => numbers[name] - origin[name]);

    private static float[] Pixels(MemoryVolume volume, int plane)
    {
        var values = new float[volume.Info.Shape.PlaneElementCount];
        PixelConverter.ToSingle(volume.Plane(plane).Span, volume.Info.PixelType, values);
        return values;
    }

    private static void AssertShifts(
        (double Z, double Y, double X)[] expected, IReadOnlyList<IReadOnlyDictionary<string, double>> found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            var error = Math.Max(
                Math.Max(Math.Abs(found[i]["shift_y"] - expected[i].Y), Math.Abs(found[i]["shift_x"] - expected[i].X)),
                found[i].TryGetValue("shift_z", out var z) ? Math.Abs(z - expected[i].Z) : 0);
            Assert.True(error <= tolerance,
                $"Frame {i}: {string.Join(", ", found[i].Select(pair => $"{pair.Key} {pair.Value:0.000}"))} instead of {expected[i]}");
        }
    }
}
