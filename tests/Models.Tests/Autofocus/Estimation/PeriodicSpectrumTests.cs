using System.Numerics;

namespace InferenceBridge.Models.Tests;

public sealed class PeriodicSpectrumTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 5)]
    [InlineData(7, 10)]
    [InlineData(8, 9)]
    [InlineData(13, 3)]
    [InlineData(16, 12)]
    public void Of_Plane_LeavesOutTheSmoothImageOfItsJumps(int height, int width)
    {
        // What is left out has the jumps between opposite edges as its Laplacian (on a torus), and no mean: that is its definition.
        float[] plane = [.. Enumerable.Range(0, height * width).Select(i => (float)(Math.Sin(1.7 * i) + (i % 5) + (0.3 * i)))];
        var periodic = Inverse(Of(plane, height, width), height, width);
        double[] smooth = [.. plane.Zip(periodic, (all, part) => all - part)];
        double Smooth(int row, int column) => smooth[((row + height) % height * width) + ((column + width) % width)];
        double Plane(int row, int column) => plane[(row * width) + column];
        var jumps = new double[height, width];
        for (var column = 0; column < width; column++)
        {
            jumps[0, column] += Plane(height - 1, column) - Plane(0, column);
            jumps[height - 1, column] += Plane(0, column) - Plane(height - 1, column);
        }

        for (var row = 0; row < height; row++)
        {
            jumps[row, 0] += Plane(row, width - 1) - Plane(row, 0);
            jumps[row, width - 1] += Plane(row, 0) - Plane(row, width - 1);
        }

        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var laplacian = Smooth(row - 1, column) + Smooth(row + 1, column) + Smooth(row, column - 1) + Smooth(row, column + 1) - (4 * Smooth(row, column));
                Assert.Equal(jumps[row, column], laplacian, 1e-3);
            }
        }

        Assert.Equal(0, smooth.Average(), 1e-4);
    }

    [Fact]
    public void Of_PlaneWithoutJumps_IsItsTransform()
    {
        const int side = 12;
        float[] plane = [.. Enumerable.Range(0, side * side).Select(i => (float)(Math.Sin(Math.PI * (i / side) / (side - 1)) * Math.Sin(Math.PI * (i % side) / (side - 1))))];
        var found = Of(plane, side, side);
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column <= side / 2; column++)
            {
                var expected = plane.Select((value, i) => value * Turn(-row * (i / side) / (double)side) * Turn(-column * (i % side) / (double)side)).Aggregate(Complex.Add);
                var at = 2 * ((row * ((side / 2) + 1)) + column);
                Assert.Equal(expected.Real, found[at], 1e-4);
                Assert.Equal(expected.Imaginary, found[at + 1], 1e-4);
            }
        }
    }

    [Fact]
    public void Of_PartOfASlope_HasLessThanAFiftiethOfItsCross()
    {
        // Along the axis of an uneven illumination; at 12 cycles a plane without a window has what its jump makes.
        const int side = 64, at = 12;
        float[] plane = [.. Enumerable.Range(0, side * side).Select(i => (float)(i % side / (double)side))];
        var periodic = Of(plane, side, side);
        var raw = plane.Select((value, i) => value * Turn(-at * (i % side) / (double)side)).Aggregate(Complex.Add).Magnitude;
        Assert.InRange(Math.Sqrt((periodic[2 * at] * periodic[2 * at]) + (periodic[(2 * at) + 1] * periodic[(2 * at) + 1])), 0, raw / 50);
    }

    private static float[] Of(float[] plane, int height, int width)
    {
        var (spectrum, transform) = (new PeriodicSpectrum(height, width), PlaneTransform.Of(plane, height, width));
        var jumps = spectrum.Jumps(plane);
        var result = new float[transform.Length];
        for (var row = 0; row < height; row++)
        {
            spectrum.Row(transform, jumps, row, result.AsSpan(row * result.Length / height, result.Length / height));
        }

        return result;
    }

    private static Complex Turn(double part) => Complex.FromPolarCoordinates(1, 2 * Math.PI * part);

    private static double[] Inverse(float[] half, int height, int width)
    {
        var columns = (width / 2) + 1;
        Complex At(int ky, int kx) => kx < columns
            ? new Complex(half[2 * ((ky * columns) + kx)], half[(2 * ((ky * columns) + kx)) + 1])
            : Complex.Conjugate(At((height - ky) % height, width - kx));
        return [.. Enumerable.Range(0, height * width).Select(i =>
        {
            var sum = Complex.Zero;
            for (var k = 0; k < height * width; k++)
            {
                sum += At(k / width, k % width) * Turn(k / width * (i / width) / (double)height) * Turn(k % width * (i % width) / (double)width);
            }

            return sum.Real / (height * width);
        })];
    }
}
