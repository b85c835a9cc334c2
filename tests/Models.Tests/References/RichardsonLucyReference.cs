namespace InferenceBridge.Models.Tests;

/// <summary>Richardson–Lucy in float64 with convolutions as sums, on the image and all voxels around it that reach it.</summary>
internal sealed record RichardsonLucyReference(double[,,] Psf, int Iterations, double Background = 0, bool Periodic = false, bool Mean = false)
{
    private (int Z, int Y, int X) PsfSize => (Psf.GetLength(0), Psf.GetLength(1), Psf.GetLength(2));

    public double[,,] Deconvolve(double[,,] image)
    {
        var (depth, height, width) = (image.GetLength(0), image.GetLength(1), image.GetLength(2));

        // Voxel o of the object reaches pixel i = o + k − c with index k of the PSF, whose centre is c = n / 2.
        var before = Periodic ? (Z: 0, Y: 0, X: 0) : (Z: PsfSize.Z - 1 - (PsfSize.Z / 2), Y: PsfSize.Y - 1 - (PsfSize.Y / 2), X: PsfSize.X - 1 - (PsfSize.X / 2));
        var after = Periodic ? (Z: 0, Y: 0, X: 0) : (Z: PsfSize.Z / 2, Y: PsfSize.Y / 2, X: PsfSize.X / 2);
        double Light(int z, int y, int x) => Math.Max(0, image[z, y, x] - Background);
        var mean = Sample.Fill(depth, height, width, Light).Cast<double>().Average();
        var estimate = Sample.Fill(depth + before.Z + after.Z, height + before.Y + after.Y, width + before.X + after.X, (z, y, x) => Mean ? mean
            : Math.Max(1e-3 * mean, Light(
                Mirroring.Symmetric(z - before.Z, depth), Mirroring.Symmetric(y - before.Y, height), Mirroring.Symmetric(x - before.X, width))));
        var coverage = Spread(Sample.Fill(depth, height, width, (_, _, _) => 1), estimate, before);
        Change(estimate, (value, z, y, x) => coverage[z, y, x] < 0.01 ? 0 : value);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var model = Blur(estimate, image, before);
            var ratio = Sample.Fill(depth, height, width, (z, y, x) =>
                Math.Max(0, image[z, y, x]) / Math.Max(model[z, y, x] + Background, 1e-6 * image.Cast<double>().Max()));
            var correction = Spread(ratio, estimate, before);
            Change(estimate, (value, z, y, x) => coverage[z, y, x] < 0.01 ? 0 : value * correction[z, y, x] / coverage[z, y, x]);
        }

        return Sample.Fill(depth, height, width, (z, y, x) => estimate[z + before.Z, y + before.Y, x + before.X]);
    }

    private double[,,] Blur(double[,,] estimate, double[,,] image, (int Z, int Y, int X) before)
    {
        var model = new double[image.GetLength(0), image.GetLength(1), image.GetLength(2)];
        Pairs(image, estimate, before, (pixel, voxel, weight) =>
            model[pixel.Z, pixel.Y, pixel.X] += weight * estimate[voxel.Z, voxel.Y, voxel.X]);
        return model;
    }

    private double[,,] Spread(double[,,] image, double[,,] estimate, (int Z, int Y, int X) before)
    {
        var spread = new double[estimate.GetLength(0), estimate.GetLength(1), estimate.GetLength(2)];
        Pairs(image, estimate, before, (pixel, voxel, weight) =>
            spread[voxel.Z, voxel.Y, voxel.X] += weight * image[pixel.Z, pixel.Y, pixel.X]);
        return spread;
    }

    private void Pairs(double[,,] image, double[,,] estimate, (int Z, int Y, int X) before,
        Action<(int Z, int Y, int X), (int Z, int Y, int X), double> each)
    {
        Each(image, (z, y, x) => Each(Psf, (k, j, i) => each((z, y, x), (
            Wrap(z - k + (PsfSize.Z / 2) + before.Z, estimate.GetLength(0)),
            Wrap(y - j + (PsfSize.Y / 2) + before.Y, estimate.GetLength(1)),
            Wrap(x - i + (PsfSize.X / 2) + before.X, estimate.GetLength(2))), Psf[k, j, i])));
    }

    private static int Wrap(int position, int size) => ((position % size) + size) % size;

    private static void Change(double[,,] values, Func<double, int, int, int, double> change) =>
        Each(values, (z, y, x) => values[z, y, x] = change(values[z, y, x], z, y, x));

    private static void Each(double[,,] values, Action<int, int, int> body)
    {
        for (var z = 0; z < values.GetLength(0); z++)
        {
            for (var y = 0; y < values.GetLength(1); y++)
            {
                for (var x = 0; x < values.GetLength(2); x++)
                {
                    body(z, y, x);
                }
            }
        }
    }
}
