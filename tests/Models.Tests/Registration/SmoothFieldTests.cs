using TorchSharp;

namespace InferenceBridge.Models.Tests;

public class SmoothFieldTests
{
    [Fact]
    public void Solve_SmallGrid_EqualsTheDenseSolution()
    {
        const int rows = 3, columns = 4, n = rows * columns;
        var random = new Random(1);
        double[] yy = new double[n], yx = new double[n], xx = new double[n];
        var right = new NodeField(rows, columns);
        for (var i = 0; i < n; i++)
        {
            var (a, b, c) = (random.NextDouble(), random.NextDouble(), random.NextDouble());
            (yy[i], yx[i], xx[i]) = i == 5 ? (0, 0, 0) : ((a * a) + 0.1, a * b, (b * b) + c);
            (right.Y[i], right.X[i]) = i == 5 ? (0, 0) : (random.NextDouble(), -random.NextDouble());
        }

        var found = SmoothField.Solve(new NodeCurvature(yy, yx, xx), right, new Stiffness(0.7, 1.3), 0.01);

        // (A + s L + r) u = b, each entry of the matrix by its definition.
        var matrix = new double[2 * n, 2 * n];
        for (var i = 0; i < n; i++)
        {
            (matrix[i, i], matrix[i, n + i], matrix[n + i, i], matrix[n + i, n + i]) = (yy[i] + 0.01, yx[i], yx[i], xx[i] + 0.01);
        }

        foreach (var (i, j, s) in Edges(rows, columns))
        {
            foreach (var part in new[] { 0, n })
            {
                matrix[part + i, part + i] += s;
                matrix[part + j, part + j] += s;
                matrix[part + i, part + j] -= s;
                matrix[part + j, part + i] -= s;
            }
        }

        double[] u = [.. found.Y, .. found.X], b0 = [.. right.Y, .. right.X];
        for (var i = 0; i < 2 * n; i++)
        {
            Assert.Equal(b0[i], Enumerable.Range(0, 2 * n).Sum(j => matrix[i, j] * u[j]), 1e-3);
        }
    }

    [Fact]
    public void Solve_NodeOfWhichNothingIsKnown_TakesItsNeighboursValue()
    {
        double[] known = [1, 0, 1];
        var right = new NodeField(1, 3);
        (right.Y[0], right.Y[2]) = (2, 2);

        var found = SmoothField.Solve(new NodeCurvature(known, new double[3], known), right, new Stiffness(1, 1), 0);

        Assert.Equal(2, found.Y[1], 1e-6);
        Assert.Equal(0, found.X[1], 1e-6);
    }

    [Fact]
    public void Through_PatchThatLiesFarOff_IsNotBelieved()
    {
        var measured = new NodeField(5, 5);
        Array.Fill(measured.Y, 2);
        (measured.Y[12], measured.X[12]) = (-7, 8);

        var field = PatchField.Through(measured, [.. Enumerable.Repeat(1.0, 25)], new Stiffness(2, 2));

        Assert.Equal(2, field.Y[12], 0.15);
        Assert.Equal(0, field.X[12], 0.15);
    }

    [Fact]
    public void Nodes_SumsAndFields_EqualTheirDefinitions()
    {
        using var scope = torch.NewDisposeScope();
        var (y, x) = (AxisGrid.OfCells(37, 9), AxisGrid.OfCells(50, 12));
        using var grid = new NodeGrid(y, x, torch.CPU);
        var random = new Random(3);
        float[] image = [.. Enumerable.Range(0, 37 * 50).Select(_ => (float)random.NextDouble())];
        var nodes = new NodeField(y.Count, x.Count);
        for (var i = 0; i < nodes.Count; i++)
        {
            (nodes.Y[i], nodes.X[i]) = (random.NextDouble(), random.NextDouble());
        }

        var sums = grid.Sums(torch.tensor(image, [1, 37, 50]))[0];
        var field = grid.ToField(nodes, new Displacement(0, 3, -4)).data<float>().ToArray();

        var (windowsY, windowsX, alongY, alongX) = (y.Windows(), x.Windows(), y.Interpolation(), x.Interpolation());
        for (var i = 0; i < nodes.Count; i++)
        {
            var (r, c) = (i / x.Count, i % x.Count);
            Assert.Equal(Enumerable.Range(0, image.Length).Sum(p => windowsY[r, p / 50] * windowsX[c, p % 50] * image[p]), sums[i], 1e-3);
        }

        for (var p = 0; p < image.Length; p++)
        {
            var expected = Enumerable.Range(0, nodes.Count).Sum(i => alongY[p / 50, i / x.Count] * alongX[p % 50, i % x.Count] * nodes.X[i]) - 4;
            Assert.Equal(expected, field[image.Length + p], 1e-4);
        }

        // Every pixel counts once, and a constant stays one.
        Assert.All(Enumerable.Range(0, 37), p => Assert.Equal(1, Enumerable.Range(0, y.Count).Sum(i => windowsY[i, p]), 1e-9));
        Assert.All(Enumerable.Range(0, 37), p => Assert.Equal(1, Enumerable.Range(0, y.Count).Sum(i => alongY[p, i]), 1e-6));
    }

    private static IEnumerable<(int I, int J, double Stiffness)> Edges(int rows, int columns)
    {
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                if (r + 1 < rows)
                {
                    yield return ((r * columns) + c, ((r + 1) * columns) + c, 0.7);
                }

                if (c + 1 < columns)
                {
                    yield return ((r * columns) + c, (r * columns) + c + 1, 1.3);
                }
            }
        }
    }
}
