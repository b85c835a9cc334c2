using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class RichardsonLucyOperationTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("padded")]
    [InlineData("periodic")]
    public void Process_ImageWithDarkBorder_GivesScikitImagesValues(string edges)
    {
        var peer = PeerValues.Case("richardson_lucy", 0);
        var ((depth, height, width), border, psf) = (peer.Sizes(), peer.Sizes("border"), peer.Sizes("psf_shape"));
        var image = Sample.Bordered(depth, height, width, border.Depth, border.Height, border.Width);

        var result = Run(Sample.Psf(psf.Depth, psf.Height, psf.Width), ("iterations", peer.GetProperty("iterations").GetInt64()),
            ("edges", edges), ("start", "mean")).Whole(image);

        Near.Equal(peer.Doubles("values"), result, Tolerance);
    }

    [Theory]
    [InlineData(6, 13, 11, 3, 5, 4, 12, 0, "padded", "data")]
    [InlineData(6, 13, 11, 3, 5, 4, 12, 0, "periodic", "data")]
    [InlineData(5, 11, 12, 4, 4, 5, 8, 60, "padded", "mean")]
    [InlineData(5, 11, 12, 4, 4, 5, 8, 60, "periodic", "mean")]
    [InlineData(1, 17, 13, 1, 5, 7, 10, 0, "padded", "data")]
    [InlineData(4, 9, 7, 1, 3, 3, 10, 20, "padded", "data")]
    [InlineData(4, 9, 7, 1, 4, 3, 10, 20, "periodic", "data")]
    [InlineData(5, 7, 6, 5, 7, 6, 5, 0, "padded", "data")]
    [InlineData(1, 1, 1, 1, 1, 1, 3, 0, "padded", "data")]
    [InlineData(3, 1, 19, 2, 1, 6, 7, 0, "padded", "data")]
    public void Process_AnyShape_EqualsReference(int depth, int height, int width, int psfDepth, int psfHeight, int psfWidth,
        int iterations, double background, string edges, string start)
    {
        var (image, psf) = (Sample.Image(depth, height, width), Sample.Psf(psfDepth, psfHeight, psfWidth));

        var result = Run(psf, ("iterations", (long)iterations), ("background", background), ("edges", edges), ("start", start)).Whole(image);

        Near.Equal(new RichardsonLucyReference(psf, iterations, background, edges == "periodic", start == "mean").Deconvolve(image), result, Tolerance);
    }

    // Few planes of a PSF beside those of the grid: its transform is not kept whole, with and without acceleration.
    [Fact]
    public void Process_PsfAsHighAsTheImage_EqualsReference()
    {
        var (image, psf) = (Sample.Image(9, 10, 9), Sample.Psf(4, 9, 8));

        var result = Run(psf, ("iterations", 5L)).Whole(image);

        Near.Equal(new RichardsonLucyReference(psf, 5).Deconvolve(image), result, Tolerance);
    }

    [Fact]
    public void Process_PsfWithDarkRim_EqualsReferenceOfTheWholePsf()
    {
        var (image, core) = (Sample.Image(6, 11, 12), Sample.Psf(3, 3, 4));
        var psf = Sample.Fill(5, 7, 9, (z, y, x) => z is >= 1 and < 4 && y is >= 2 and < 5 && x is >= 1 and < 5 ? core[z - 1, y - 2, x - 1] : 0);

        var result = Run(psf, ("iterations", 6L)).Whole(image);

        Near.Equal(new RichardsonLucyReference(psf, 6).Deconvolve(image), result, Tolerance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    public void Process_ConstantImage_StaysConstant(double value)
    {
        var image = Sample.Fill(5, 12, 11, (_, _, _) => value);

        // Voxels that the image hardly sees are left out, so that a little light is missing at the faces.
        Near.Equal(image, Run(Sample.Psf(3, 5, 5), ("iterations", 30L)).Whole(image), 3e-3);
    }

    [Fact]
    public void Process_PointImage_BecomesAPointAtTheSamePlace()
    {
        var psf = Sample.Psf(3, 5, 4);
        var image = Sample.Fill(7, 15, 15, (z, y, x) =>
            z is >= 2 and < 5 && y is >= 5 and < 10 && x is >= 5 and < 9 ? 1000 * psf[z - 2, y - 5, x - 5] : 0);

        var result = Run(psf, ("iterations", 400L)).Whole(image);

        // The PSF's centre is its voxel (1, 2, 2).
        var peak = (((3 * 15) + 7) * 15) + 7;
        Assert.True(result[peak] > 900, $"The peak is {result[peak]}.");
        Assert.Equal(1000, result.Sum(), 1.0);
    }

    [Fact]
    public void Process_PixelsBelowZero_CountAsZero()
    {
        var image = Sample.Image(1, 12, 12);
        var (negative, zero) = ((double[,,])image.Clone(), (double[,,])image.Clone());
        (negative[0, 4, 5], zero[0, 4, 5]) = (-50, 0);
        var run = Run(Sample.Psf(1, 3, 3));

        Near.Equal(run.Whole(zero), run.Whole(negative), 1e-6);
    }

    [Fact]
    public void Process_PsfThatIsDarkAtItsCentre_StaysFinite()
    {
        var psf = Sample.Fill(1, 5, 5, (_, y, x) => Math.Abs(y - 2) + Math.Abs(x - 2) == 3 ? 0.125 : 0);
        var image = Sample.Fill(1, 30, 30, (_, y, x) => y == 11 && x == 13 ? 60000 : 0);

        var result = Run(psf, ("iterations", 200L)).Whole(image);

        Assert.All(result, value => Assert.True(value is >= 0 and < 1e9f, $"A voxel is {value}."));
    }

    [Fact]
    public void Process_TileByTile_ComesCloseToWhole()
    {
        var image = Sample.Image(12, 40, 42);
        var run = Run(Sample.Psf(3, 5, 5), ("iterations", 5L));

        Near.Equal(run.Whole(image), run.Tiled(image, 9000), 0.02);
    }

    [Fact]
    public void Process_TilesOfSeveralShapes_EachEqualsAJobOfItsOwn()
    {
        var psf = Sample.Psf(3, 3, 3);
        var run = Run(psf, ("iterations", 4L));
        using var job = run.Start(new VolumeShape(8, 9, 10));
        foreach (var image in new[] { Sample.Image(8, 9, 10), Sample.Image(5, 6, 7), Sample.Image(8, 9, 10) })
        {
            using var tile = OperationRun.ToTensor(image);
            using var result = job.Process(tile, TestContext.Current.CancellationToken);
            Near.Equal(new RichardsonLucyReference(psf, 4).Deconvolve(image), result.data<float>().ToArray(), Tolerance);
        }
    }

    [Fact]
    public void Process_CancelledWhileRunning_StopsWithinTheTile()
    {
        var image = Sample.Image(16, 96, 96);
        using var cancellation = new CancellationTokenSource();
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));

        Assert.ThrowsAny<OperationCanceledException>(() =>
            Run(Sample.Psf(5, 9, 9), ("iterations", 10_000L)).Interrupted(image, cancellation.Token));
    }

    [Fact]
    public void Plan_Stack_WantsItWholeWithAHaloOfOnePsf()
    {
        var plan = Run(Sample.Psf(3, 5, 4)).Plan(new VolumeShape(9, 20, 20));

        Assert.True(plan.PrefersWholeStack);
        Assert.Equal(new Halo(2, 4, 3), plan.Halo);
    }

    private static OperationRun Run(double[,,] psf, params (string Name, object Value)[] parameters) =>
        new OperationRun("deconvolve/richardson-lucy", [.. parameters, ("psf_centring", "middle")]).WithPsf(psf);
}
