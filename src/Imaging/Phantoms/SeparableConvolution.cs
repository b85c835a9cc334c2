using System.Numerics.Tensors;

namespace InferenceBridge.Imaging;

/// <summary>Convolution with a PSF that is the product of three kernels; planes run in parallel.</summary>
internal sealed class SeparableConvolution
{
    private readonly float[] _z;
    private readonly float[] _y;
    private readonly float[] _x;

    internal SeparableConvolution(GaussianPsf psf)
    {
        (_z, _y, _x) = (ToSingles(psf.Z), ToSingles(psf.Y), ToSingles(psf.X));
    }

    /// <summary>Voxels by which the source must be larger than the result, on each side of each axis.</summary>
    internal Halo Margin => new(_z.Length / 2, _y.Length / 2, _x.Length / 2);

    /// <summary>Convolves planes that reach the margin beyond the result on every side.</summary>
    /// <param name="source">Planes of (height + 2 margins) × (width + 2 margins).</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    internal float[][] Run(float[][] source, int height, int width)
    {
        var result = new float[source.Length - _z.Length + 1][];
        Parallel.For(0, result.Length, z => result[z] = Plane(source.AsSpan(z, _z.Length), height, width));
        return result;
    }

    private static float[] ToSingles(IReadOnlyList<double> weights) => [.. weights.Select(weight => (float)weight)];

    private float[] Plane(ReadOnlySpan<float[]> source, int height, int width)
    {
        var stride = width + _x.Length - 1;
        var alongZ = new float[source[0].Length];
        for (var i = 0; i < _z.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(source[i], _z[i], alongZ, alongZ);
        }

        var plane = new float[height * width];
        var row = new float[stride];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(row);
            for (var i = 0; i < _y.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(alongZ.AsSpan((y + i) * stride, stride), _y[i], row, row);
            }

            var target = plane.AsSpan(y * width, width);
            for (var i = 0; i < _x.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(row.AsSpan(i, width), _x[i], target, target);
            }
        }

        return plane;
    }
}
