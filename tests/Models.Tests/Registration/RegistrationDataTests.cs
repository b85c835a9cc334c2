using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class RegistrationDataTests(ITestOutputHelper output)
{
    [Fact]
    public void Process_DriftingCells_LieOnEachOther()
    {
        using var reader = VolumeFile.OpenRead(RealData.Require("registration/drift/pc12-unreg.tif"));
        var movie = AsMovie(reader);
        var run = new MovieRun("register/rigid", ("template", "first"));

        run.Run(movie);

        Print(run);
        Assert.True(run.Detail("correlation_after") > run.Detail("correlation_before") + 0.03);
        Assert.True(run.Detail("crispness_after") > 1.1 * run.Detail("crispness_before"));
        Assert.True(run.Detail("residual_motion_px") < 1);
    }

    // Its frames do shift alike in all quadrants, by 0.05 px root mean square: what is left of a correction by whole pixels before they were
    // made smaller, and not worth another.
    [Theory]
    [InlineData("register/rigid")]
    [InlineData("register/piecewise-rigid")]
    public void Process_CalciumMovieWithoutMotion_ChangesNothing(string operation)
    {
        var folder = RealData.Require("registration/calcium_movie");
        var files = Directory.GetFiles(folder, "*.tif*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var frames = new List<float>();
        VolumeShape shape = default;
        foreach (var file in files)
        {
            using var reader = VolumeFile.OpenRead(file);
            frames.AddRange(MemoryVolume.From(reader).ToSingles());
            shape = reader.Info.Shape;
        }

        var movie = MemoryVolume.FromSingles(frames.ToArray(), new VolumeShape(frames.Count / shape.Height / shape.Width, 1, 1, shape.Height, shape.Width));
        var run = new MovieRun(operation);

        var result = run.Run(movie);

        Print(run);
        Assert.Equal(movie.ToSingles(), result.ToSingles());
        Assert.All(run.Numbers, numbers => Assert.True(Math.Max(Math.Abs(numbers["shift_y"]), Math.Abs(numbers["shift_x"])) < 0.05));
        Assert.All(run.Numbers, numbers => Assert.True(!numbers.TryGetValue("displacement_mean", out var mean) || mean < 0.1));
    }

    [Theory]
    [InlineData("register/rigid")]
    [InlineData("register/piecewise-rigid")]
    public void Process_NoisyTwoPhotonMovie_BecomesCrisper(string operation)
    {
        using var reader = VolumeFile.OpenRead(RealData.Require("registration/two_photon_noisy/example.tif"));
        var run = new MovieRun(operation);

        run.Run(AsMovie(reader));

        Print(run);
        Assert.True(run.Detail("correlation_after") > run.Detail("correlation_half_pixel") + 0.02);
        Assert.True(run.Detail("crispness_after") > 1.05 * run.Detail("crispness_before"));
    }

    // Files that say nothing of their axes call their pages slices.
    private static MemoryVolume AsMovie(TiffVolumeReader reader)
    {
        var shape = reader.Info.Shape;
        return MemoryVolume.FromSingles(
            MemoryVolume.From(reader).ToSingles(), new VolumeShape((int)shape.PlaneCount / shape.Channels, shape.Channels, 1, shape.Height, shape.Width));
    }

    private void Print(MovieRun run)
    {
        output.WriteLine(string.Join(", ", run.Details.Select(pair => $"{pair.Key} {pair.Value}")));
        output.WriteLine(string.Join("; ", run.Warnings));
        foreach (var numbers in run.Numbers.Take(20))
        {
            output.WriteLine(string.Join(", ", numbers.Select(pair => $"{pair.Key} {pair.Value:0.000}")));
        }
    }
}
