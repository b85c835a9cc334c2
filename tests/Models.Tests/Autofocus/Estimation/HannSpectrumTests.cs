using System.Numerics;

namespace InferenceBridge.Models.Tests;

public sealed class HannSpectrumTests
{
    [Theory]
    [InlineData(4, 4)]
    [InlineData(4, 7)]
    [InlineData(9, 6)]
    [InlineData(13, 11)]
    public void Row_EveryRow_IsTheTransformOfThePlaneUnderTheWindow(int height, int width)
    {
        float[] plane = [.. Enumerable.Range(0, height * width).Select(i => (float)(Math.Sin(1.7 * i) + (i % 5) + 40))];
        double Window(int i) => Math.Pow(Math.Sin(Math.PI * (i / width) / height) * Math.Sin(Math.PI * (i % width) / width), 2);
        var mean = plane.Select((value, i) => value * Window(i)).Sum() / plane.Select((_, i) => Window(i)).Sum();
        var (spectrum, transform) = (new HannSpectrum(height, width), PlaneTransform.Of(plane, height, width));
        var found = new float[2 * ((width / 2) + 1)];
        for (var row = 0; row < height; row++)
        {
            spectrum.Row(transform, row, found);
            for (var column = 0; column <= width / 2; column++)
            {
                var expected = plane.Select((value, i) => (value - mean) * Window(i)
                    * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((row * (i / width) / (double)height) + (column * (i % width) / (double)width)))).Aggregate(Complex.Add);
                Assert.Equal(expected.Real, found[2 * column], 1e-3);
                Assert.Equal(expected.Imaginary, found[(2 * column) + 1], 1e-3);
            }
        }

        Assert.Equal(Enumerable.Range(0, plane.Length).Sum(i => Window(i) * Window(i)), spectrum.Squares, 1e-9);
    }

    [Fact]
    public void Row_SteepSlope_LeavesItsCrossOut()
    {
        // Along the axis, where the jump of a slope between its ends puts as much as a strong structure would.
        const int side = 128, at = 30;
        float[] plane = [.. Enumerable.Range(0, side * side).Select(i => 1000f * (i % side) / side)];
        var transform = PlaneTransform.Of(plane, side, side);
        var row = new float[side + 2];
        new HannSpectrum(side, side).Row(transform, 0, row);
        Assert.InRange(Math.Abs(row[2 * at]) + Math.Abs(row[(2 * at) + 1]), 0, (Math.Abs(transform[2 * at]) + Math.Abs(transform[(2 * at) + 1])) / 500);
    }
}
