using System.Numerics;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class LinearFilterTests
{
    [Theory]
    [InlineData(4, 6, 5, 3, 3, 2, 0.05)]
    [InlineData(1, 7, 8, 1, 4, 3, 0.3)]
    [InlineData(5, 1, 3, 2, 1, 3, 0.01)]
    public void Process_WienerPeriodic_EqualsAFourierSum(int depth, int height, int width, int psfDepth, int psfHeight, int psfWidth, double noise)
    {
        var (image, psf) = (Sample.Image(depth, height, width), Sample.Psf(psfDepth, psfHeight, psfWidth));

        var result = Run("deconvolve/wiener", psf, ("noise_to_signal", noise)).Whole(image);

        Near.Equal(Filter(image, psf, (_, _, _) => noise), result, 1e-4);
    }

    [Theory]
    [InlineData("curvature", 0.02)]
    [InlineData("intensity", 0.02)]
    public void Process_TikhonovPeriodic_EqualsAFourierSum(string penalty, double weight)
    {
        var (image, psf) = (Sample.Image(4, 6, 7), Sample.Psf(3, 3, 4));
        double Laplacian(double f) => 2 - (2 * Math.Cos(2 * Math.PI * f));

        var result = Run("deconvolve/tikhonov", psf, ("regularisation_weight", weight), ("penalty", penalty)).Whole(image);

        Near.Equal(Filter(image, psf, (z, y, x) =>
            penalty == "intensity" ? weight : weight * Math.Pow(Laplacian(z) + Laplacian(y) + Laplacian(x), 2)), result, 1e-4);
    }

    [Fact]
    public void Process_PointPsf_LeavesTheImageLessTheBackground()
    {
        var image = Sample.Image(5, 9, 11);
        var point = Sample.Fill(3, 3, 3, (z, y, x) => z == 1 && y == 1 && x == 1 ? 1 : 0);

        var result = new OperationRun("deconvolve/tikhonov", ("regularisation_weight", 1e-9), ("background", 40.0)).WithPsf(point).Whole(image);

        Near.Equal(image.Cast<double>().Select(value => value - 40), result, 1e-5);
    }

    [Fact]
    public void Process_ConstantImageInPaddedEdges_StaysConstant()
    {
        var image = Sample.Fill(5, 9, 11, (_, _, _) => 700);

        Near.Equal(image, new OperationRun("deconvolve/tikhonov").WithPsf(Sample.Psf(3, 5, 4)).Whole(image), 1e-4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Process_Nonnegative_DecidesOverValuesBelowZero(bool nonnegative)
    {
        var image = Sample.Fill(1, 16, 16, (_, y, x) => y == 8 && x == 8 ? 1000 : 0);

        var result = new OperationRun("deconvolve/tikhonov", ("nonnegative", nonnegative)).WithPsf(Sample.Psf(1, 5, 5)).Whole(image);

        Assert.Equal(nonnegative, result.Min() >= 0);
    }

    [Fact]
    public void Start_WienerWithoutARatio_TakesItFromTheImagesStatistics()
    {
        var run = new OperationRun("deconvolve/wiener") { Statistics = new IntensityStatistics(0, 1000, 200, 50, 10) }.WithPsf(Sample.Psf(3, 3, 3));

        Assert.True(run.Plan(new VolumeShape(5, 6, 7)).NeedsStatistics);
        run.Whole(Sample.Image(5, 6, 7));

        // 10² / (50² − 10²).
        Assert.Equal(100.0 / 2400, Assert.IsType<double>(run.EstimatedParameters["noise_to_signal"]), 1e-12);
        Assert.False(Run("deconvolve/wiener", Sample.Psf(3, 3, 3), ("noise_to_signal", 0.1)).Plan(new VolumeShape(5, 6, 7)).NeedsStatistics);
    }

    [Theory]
    [InlineData("deconvolve/wiener")]
    [InlineData("deconvolve/tikhonov")]
    public void Process_Cancelled_Stops(string id)
    {
        var run = new OperationRun(id) { Statistics = new IntensityStatistics(0, 1000, 200, 50, 10) }.WithPsf(Sample.Psf(3, 3, 3));

        Assert.ThrowsAny<OperationCanceledException>(() => run.Interrupted(Sample.Image(5, 6, 7), new CancellationToken(canceled: true)));
    }

    private static OperationRun Run(string id, double[,,] psf, params (string Name, object Value)[] parameters) =>
        new OperationRun(id, [.. parameters, ("edges", "periodic"), ("psf_centring", "middle"), ("nonnegative", false)]).WithPsf(psf);

    // conj(H) Y / (|H|² + P), all transforms as sums over all voxels.
    private static IEnumerable<double> Filter(double[,,] image, double[,,] psf, Func<double, double, double, double> penalty)
    {
        int[] size = [image.GetLength(0), image.GetLength(1), image.GetLength(2)];
        var placed = new double[size[0], size[1], size[2]];
        Sample.Fill(psf.GetLength(0), psf.GetLength(1), psf.GetLength(2), (k, j, i) => placed[
            (k - (psf.GetLength(0) / 2) + size[0]) % size[0],
            (j - (psf.GetLength(1) / 2) + size[1]) % size[1],
            (i - (psf.GetLength(2) / 2) + size[2]) % size[2]] += psf[k, j, i]);
        var (spectrum, transfer) = (Transform(image, size), Transform(placed, size));
        var filtered = new Complex[spectrum.Length];
        for (var n = 0; n < filtered.Length; n++)
        {
            var (z, y, x) = ((double)(n / (size[1] * size[2])) / size[0], (double)(n / size[2] % size[1]) / size[1], (double)(n % size[2]) / size[2]);
            filtered[n] = Complex.Conjugate(transfer[n]) * spectrum[n] / (Math.Pow(transfer[n].Magnitude, 2) + penalty(z, y, x));
        }

        return Sum(filtered, size, 1).Select(value => value.Real / filtered.Length);
    }

    private static Complex[] Transform(double[,,] values, int[] size) => Sum([.. values.Cast<double>().Select(value => new Complex(value, 0))], size, -1);

    private static Complex[] Sum(Complex[] values, int[] size, int sign)
    {
        (int Z, int Y, int X) At(int n) => (n / (size[1] * size[2]), n / size[2] % size[1], n % size[2]);
        return [.. Enumerable.Range(0, values.Length).Select(n => values.Select((value, m) =>
        {
            var (a, b) = (At(n), At(m));
            var turns = ((double)a.Z * b.Z / size[0]) + ((double)a.Y * b.Y / size[1]) + ((double)a.X * b.X / size[2]);
            return value * Complex.FromPolarCoordinates(1, sign * 2 * Math.PI * turns);
        }).Aggregate(Complex.Zero, (sum, term) => sum + term))];
    }
}
