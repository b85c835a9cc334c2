using InferenceBridge.Imaging;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Models.Tests;

public sealed class KnownFieldTests
{
    private static readonly FieldVector[] Vectors =
    [
        new(10, 12, 3, -2, 20), new(-5, 40, -4, 5, 27), new(33, 8, 6, 1, 35),
    ];

    [Fact]
    public void At_AnyPosition_IsTheSumOfItsGaussians()
    {
        var field = new KnownField(Vectors, 0.5, -0.25);
        foreach (var (y, x) in new[] { (0.0, 0.0), (10, 12), (17.3, 41.9), (-20, 500) })
        {
            var (wantedY, wantedX) = Reference(y, x);
            var value = field.At(y, x);
            Assert.Equal(wantedY, value.Y, 1e-12);
            Assert.Equal(wantedX, value.X, 1e-12);
        }
    }

    [Fact]
    public void At_AnyPosition_HasTheDerivativesOfItsValues()
    {
        const double h = 1e-5;
        var field = new KnownField(Vectors, 0.5, -0.25);
        var (y, x) = (21.7, 30.1);
        var value = field.At(y, x);
        Assert.Equal((Reference(y + h, x).Y - Reference(y - h, x).Y) / (2 * h), value.YAlongY, 1e-8);
        Assert.Equal((Reference(y, x + h).Y - Reference(y, x - h).Y) / (2 * h), value.YAlongX, 1e-8);
        Assert.Equal((Reference(y + h, x).X - Reference(y - h, x).X) / (2 * h), value.XAlongY, 1e-8);
        Assert.Equal((Reference(y, x + h).X - Reference(y, x - h).X) / (2 * h), value.XAlongX, 1e-8);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(37, 53)]
    public void Sample_Grid_IsTheFieldAtItsPositions(int height, int width)
    {
        var (y, x) = (new float[height * width], new float[height * width]);
        new KnownField(Vectors, 0.5, -0.25).Sample(height, width, y, x);
        for (var i = 0; i < y.Length; i++)
        {
            var (wantedY, wantedX) = Reference(i / width, i % width);
            Assert.Equal(wantedY, y[i], 1e-5);
            Assert.Equal(wantedX, x[i], 1e-5);
        }
    }

    [Fact]
    public void SampleInverse_Grid_LeadsToWhereTheFieldLeadsBackFrom()
    {
        const int height = 37;
        const int width = 53;
        var (y, x) = (new float[height * width], new float[height * width]);
        Assert.True(new KnownField(Vectors, 0.5, -0.25).SampleInverse(height, width, y, x));
        for (var i = 0; i < y.Length; i++)
        {
            var (wantedY, wantedX) = Reference((i / width) + y[i], (i % width) + x[i]);
            Assert.Equal(wantedY, y[i], 1e-4);
            Assert.Equal(wantedX, x[i], 1e-4);
        }
    }

    [Fact]
    public void SampleInverse_FieldThatFolds_SaysSo() =>
        Assert.False(new KnownField([new FieldVector(30, 30, 0, 90, 8)]).SampleInverse(60, 60, new float[60 * 60], new float[60 * 60]));

    [Fact]
    public void Draw_FieldOfAFrame_IsAsLongAsAskedFor()
    {
        for (ulong i = 0; i < 20; i++)
        {
            Assert.InRange(Longest(KnownField.Draw(new FieldOptions(), 5, 80, 96, new SeededRandom(5, i)), 80, 96), 4.9, 5.1);
        }
    }

    [Fact]
    public void Draw_FieldsOfCrops_AreLongShortAndNone()
    {
        var longest = Enumerable.Range(0, 300).Select(i => Longest(KnownField.Draw(new FieldOptions(), 64, new SeededRandom(5, (ulong)i)), 64, 64)).ToArray();
        Assert.All(longest, length => Assert.InRange(length, 0, (1.1 * 8) + (2 * Math.Sqrt(2)) + 0.1));
        Assert.InRange(longest.Count(length => length == 0), 5, 30);
        Assert.True(longest.Count(length => length > 4) > 40, $"Only {longest.Count(length => length > 4)} fields are long.");
        Assert.True(longest.Count(length => length is > 0 and < 2.5) > 40, $"Only {longest.Count(length => length is > 0 and < 2.5)} fields are short.");
    }

    private static double Longest(KnownField field, int height, int width)
    {
        var (y, x) = (new float[height * width], new float[height * width]);
        field.Sample(height, width, y, x);
        return y.Zip(x, (a, b) => Math.Sqrt((a * a) + (b * b))).Max();
    }

    private static (double Y, double X) Reference(double y, double x)
    {
        var (sumY, sumX) = (0.5, -0.25);
        foreach (var vector in Vectors)
        {
            var squared = Math.Pow(y - vector.CentreY, 2) + Math.Pow(x - vector.CentreX, 2);
            var weight = Math.Exp(-squared / (2 * vector.Sigma * vector.Sigma));
            (sumY, sumX) = (sumY + (weight * vector.Y), sumX + (weight * vector.X));
        }

        return (sumY, sumX);
    }
}
