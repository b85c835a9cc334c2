namespace InferenceBridge.Imaging.Tests;

public sealed class PhantomMovieTests
{
    private static readonly PhantomOptions Bright = new() { Height = 61, Width = 80, PeakPhotons = 1e6, BackgroundPhotons = 0, ReadNoiseElectrons = 0, Gain = 0.05, Seed = 4 };

    [Fact]
    public void Create_Movie_ShowsTheStillSpecimenWhereTheFieldsLead()
    {
        var movie = Create(Bright, new MovieOptions { Frames = 7, Motion = 4 });
        var still = movie.Still.ToSingles();
        var frames = movie.Noisy.ToSingles();
        var fields = movie.Displacements.ToSingles();
        var largest = 0.0;
        Assert.Equal(new VolumeShape(7, 1, 1, 61, 80), movie.Noisy.Info.Shape);
        Assert.Equal(new VolumeShape(7, 2, 1, 61, 80), movie.Displacements.Info.Shape);
        for (var t = 0; t < 7; t++)
        {
            var frame = new CubicImage(frames[(t * 4880)..((t + 1) * 4880)], 61, 80);
            var (error, power, count) = (0.0, 0.0, 0);
            for (var i = 0; i < 4880; i++)
            {
                var (dy, dx) = (fields[(t * 2 * 4880) + i], fields[((t * 2) + 1) * 4880 + i]);
                var (y, x) = ((i / 80) + dy, (i % 80) + dx);
                largest = Math.Max(largest, Math.Sqrt((dy * dy) + (dx * dx)));
                if (y is > 1 and < 59 && x is > 1 and < 78)
                {
                    // Grey levels less the darkness, as photons: interpolation and noise of 10⁶ photons leave little.
                    var difference = ((frame.At(y, x) - 100) / 0.05) - still[i];
                    (error, power, count) = (error + (difference * difference), power + (still[i] * still[i]), count + 1);
                }
            }

            Assert.True(count > 3000);
            Assert.InRange(Math.Sqrt(error / power), 0, 0.03);
        }

        Assert.InRange(largest, 1.5, 4.01);
    }

    [Fact]
    public void Create_NoMotion_IsTheStillSpecimen()
    {
        var movie = Create(Bright, new MovieOptions { Frames = 2, Motion = 0 });
        Assert.All(movie.Displacements.ToSingles(), value => Assert.Equal(0, value));
        var still = movie.Still.ToSingles();
        var frames = movie.Noisy.ToSingles();
        Assert.All(Enumerable.Range(0, still.Length), i => Assert.InRange(Math.Abs(((frames[i] - 100) / 0.05) - still[i]), 0, 20 + (6 * Math.Sqrt(still[i]))));
    }

    [Fact]
    public void Create_SameSeed_IsTheSame()
    {
        var options = new PhantomOptions { Height = 20, Width = 33 };
        var (first, again) = (Create(options, new MovieOptions { Frames = 3 }), Create(options, new MovieOptions { Frames = 3 }));
        Assert.Equal(first.Noisy.ToSingles(), again.Noisy.ToSingles());
        Assert.NotEqual(first.Noisy.ToSingles(), Create(options with { Seed = 2 }, new MovieOptions { Frames = 3 }).Noisy.ToSingles());
    }

    [Theory]
    [InlineData(0, 6, "frames")]
    [InlineData(100_001, 6, "frames")]
    [InlineData(3, -1, "motion")]
    [InlineData(3, double.NaN, "motion")]
    [InlineData(3, 65, "motion")]
    public void Create_ImpossibleOptions_AreNamed(int frames, double motion, string field)
    {
        var error = Assert.Throws<InferenceException>(() => Create(new PhantomOptions(), new MovieOptions { Frames = frames, Motion = motion }));
        Assert.Equal((InferenceError.ParameterOutOfRange, field), (error.Error, error.Field));
    }

    private static PhantomMovie Create(PhantomOptions options, MovieOptions movie) => PhantomMovie.Create(options, movie, TestContext.Current.CancellationToken);
}
