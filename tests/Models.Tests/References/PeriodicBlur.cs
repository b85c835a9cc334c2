namespace InferenceBridge.Models.Tests;

/// <summary>Periodic convolution with a PSF centred on the voxel n / 2, as a sum in float64.</summary>
internal sealed class PeriodicBlur(double[,,] psf)
{
    public double[] Apply(double[,,] image)
    {
        var (depth, height, width) = (image.GetLength(0), image.GetLength(1), image.GetLength(2));
        var result = new double[depth, height, width];
        for (var k = 0; k < psf.GetLength(0); k++)
        {
            for (var j = 0; j < psf.GetLength(1); j++)
            {
                for (var i = 0; i < psf.GetLength(2); i++)
                {
                    var (dz, dy, dx, weight) = (k - (psf.GetLength(0) / 2), j - (psf.GetLength(1) / 2), i - (psf.GetLength(2) / 2), psf[k, j, i]);
                    Sample.Fill(depth, height, width, (z, y, x) =>
                        result[Wrap(z + dz, depth), Wrap(y + dy, height), Wrap(x + dx, width)] += weight * image[z, y, x]);
                }
            }
        }

        return [.. result.Cast<double>()];
    }

    private static int Wrap(int position, int size) => ((position % size) + size) % size;
}
