namespace InferenceBridge.Imaging.Tests.Metrics;

public class PsfWidthsTests
{
    private const double FwhmOfSigma = 2.354820045;

    [Theory]
    [InlineData(0)]
    [InlineData(0.37)]
    public void Measure_OfAGaussianBetweenVoxels_IsItsWidth(double shift)
    {
        var shape = new VolumeShape(15, 21, 25);
        var values = Gaussian(shape, (1.5, 2, 2.6), shift);

        var widths = PsfWidths.Measure(values, shape);

        Assert.Equal(FwhmOfSigma * 1.5, widths.Z, 0.02);
        Assert.Equal(FwhmOfSigma * 2, widths.Y, 0.02);
        Assert.Equal(FwhmOfSigma * 2.6, widths.X, 0.02);
    }

    [Fact]
    public void Measure_OfASinglePlaneOrATooSmallWindow_IsNaNAlongTheAxis()
    {
        var shape = new VolumeShape(1, 21, 5);

        var widths = PsfWidths.Measure(Gaussian(shape, (1, 2, 6), 0), shape);

        Assert.True(double.IsNaN(widths.Z));
        Assert.True(double.IsNaN(widths.X));
        Assert.Equal(FwhmOfSigma * 2, widths.Y, 0.02);
    }

    [Fact]
    public void Measure_OfAnotherShape_Throws() =>
        Assert.Throws<ArgumentException>(() => PsfWidths.Measure(new float[3], new VolumeShape(1, 2, 2)));

    internal static float[] Gaussian(VolumeShape shape, (double Z, double Y, double X) sigma, double shift)
    {
        var values = new float[shape.ElementCount];
        for (var i = 0; i < values.Length; i++)
        {
            var (row, x) = Math.DivRem(i, shape.Width);
            var (z, y) = Math.DivRem(row, shape.Height);
            var (dz, dy, dx) = (z - (shape.Depth / 2) - shift, y - (shape.Height / 2) - shift, x - (shape.Width / 2) - shift);
            values[i] = (float)Math.Exp(-0.5 * ((dz * dz / (sigma.Z * sigma.Z)) + (dy * dy / (sigma.Y * sigma.Y)) + (dx * dx / (sigma.X * sigma.X))));
        }

        return values;
    }
}
