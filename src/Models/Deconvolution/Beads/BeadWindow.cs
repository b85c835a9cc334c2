using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>What is cut out of a stack around each bead: an odd number of voxels along each axis, which may differ in size from the stack's.</summary>
/// <param name="Shape">Sizes.</param>
/// <param name="Scale">Size of the window's voxels in voxels of the stack.</param>
internal sealed record BeadWindow(VolumeShape Shape, Position Scale)
{
    /// <summary>Half of the window, from the centre to the centre of the last voxel, in voxels of the stack.</summary>
    public Position Reach => new(Shape.Depth / 2 * Scale.Z, Shape.Height / 2 * Scale.Y, Shape.Width / 2 * Scale.X);

    /// <summary>The window around a point between voxels, by interpolation.</summary>
    public double[] Cut(BeadStack stack, Position centre)
    {
        var (z, y, x) = (
            Axis(centre.Z, Scale.Z, Shape.Depth, stack.Shape.Depth), Axis(centre.Y, Scale.Y, Shape.Height, stack.Shape.Height),
            Axis(centre.X, Scale.X, Shape.Width, stack.Shape.Width));
        var window = new double[Shape.ElementCount];

        // Along x for every row that is needed, then along y, then along z.
        var planes = z.SelectMany(tap => tap.Indices).Distinct().ToDictionary(plane => plane, plane => Plane(stack, plane, y, x));
        var size = Shape.Height * Shape.Width;
        for (var i = 0; i < z.Length; i++)
        {
            for (var k = 0; k < z[i].Indices.Length; k++)
            {
                var (plane, weight) = (planes[z[i].Indices[k]], z[i].Weights[k]);
                for (var j = 0; j < size; j++)
                {
                    window[(i * size) + j] += weight * plane[j];
                }
            }
        }

        return window;
    }

    private static double[] Plane(BeadStack stack, int plane, Tap[] y, Tap[] x)
    {
        var rows = y.SelectMany(tap => tap.Indices).Distinct().ToDictionary(row => row, row =>
            x.Select(tap => tap.Indices.Zip(tap.Weights, (column, weight) => stack[plane, row, column] * weight).Sum()).ToArray());
        return [.. y.SelectMany(tap => Enumerable.Range(0, x.Length).Select(column =>
            tap.Indices.Zip(tap.Weights, (row, weight) => rows[row][column] * weight).Sum()))];
    }

    private static Tap[] Axis(double centre, double scale, int count, int size) => [.. Enumerable.Range(0, count).Select(i =>
    {
        if (size == 1)
        {
            return new Tap([0], [1]);
        }

        var weights = new double[2 * Lanczos.Radius];
        var first = Lanczos.Weights(centre + ((i - (count / 2)) * scale), weights);
        return new Tap([.. Enumerable.Range(first, weights.Length).Select(index => Math.Clamp(index, 0, size - 1))], weights);
    })];

    private readonly record struct Tap(int[] Indices, double[] Weights);
}
