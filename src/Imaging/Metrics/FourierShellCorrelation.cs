using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>
/// How alike two stacks are at each spatial frequency: Re Σ A conj(B) / √(Σ|A|² Σ|B|²) over shells of frequencies of the same length in
/// 1/µm, so that anisotropic voxels count as they should (W. O. Saxton and W. Baumeister, J. Microsc. 127, 127 (1982)).
/// </summary>
/// <param name="Frequencies">Middle of each shell, in cycles per µm, or per voxel width where the stacks are not calibrated.</param>
/// <param name="Correlations">−1 to 1 for each shell; NaN for one that is dark in either stack.</param>
public sealed record FourierShellCorrelation(IReadOnlyList<double> Frequencies, IReadOnlyList<double> Correlations)
{
    /// <summary>
    /// Correlates two stacks of one frame and channel. The mean of each is taken out. Shells are as wide as one step of the longest
    /// axis and end at the smallest of the x and y axes' Nyquist frequencies.
    /// </summary>
    /// <param name="first">A stack; its calibration counts.</param>
    /// <param name="second">A stack of the same sizes.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ShapeMismatch"/>: the sizes differ, or there are several frames or channels;
    /// <see cref="InferenceError.ValueNotFinite"/>: a voxel is NaN or infinite.
    /// </exception>
    /// <exception cref="OverflowException">A stack has more than 2³¹ voxels.</exception>
    public static FourierShellCorrelation Compute(IVolumeReader first, IVolumeReader second)
    {
        var shape = first.Info.Shape;
        if (shape != second.Info.Shape || shape.StackCount != 1)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, "second",
                $"The stacks are {shape} and {second.Info.Shape}; accepted: two of the same sizes, with 1 frame and 1 channel.");
        }

        var (a, b) = (Transform(first, "first"), Transform(second, "second"));
        var (x, y, z) = first.Info.Calibration.VoxelSizeMicrometres ?? (1, 1, 1);
        var step = 1 / new[] { shape.Width * x, shape.Height * y, shape.Depth * z }.Max();
        var count = Math.Max(1, (int)(0.5 / Math.Max(x, y) / step));
        var (products, powers) = (new double[count], new (double A, double B)[count]);
        for (var i = 0; i < a.Length; i++)
        {
            var (plane, inPlane) = Math.DivRem(i, shape.Height * shape.Width);
            var (fz, fy, fx) = (Signed(plane, shape.Depth) / z, Signed(inPlane / shape.Width, shape.Height) / y, Signed(inPlane % shape.Width, shape.Width) / x);
            var shell = (int)Math.Round(Math.Sqrt((fz * fz) + (fy * fy) + (fx * fx)) / step) - 1;
            if (shell >= 0 && shell < count)
            {
                products[shell] += (a[i] * Complex.Conjugate(b[i])).Real;
                powers[shell].A += (a[i].Real * a[i].Real) + (a[i].Imaginary * a[i].Imaginary);
                powers[shell].B += (b[i].Real * b[i].Real) + (b[i].Imaginary * b[i].Imaginary);
            }
        }

        return new FourierShellCorrelation(
            [.. Enumerable.Range(1, count).Select(shell => shell * step)],
            [.. products.Zip(powers, (product, power) => power.A > 0 && power.B > 0 ? product / Math.Sqrt(power.A * power.B) : double.NaN)]);
    }

    /// <summary>
    /// The period, in µm, at which the correlation first falls below a threshold, between shells by interpolation; null where it
    /// never does.
    /// </summary>
    /// <param name="threshold">0 to 1: 0.143 for two images, 0.5 for an image against the truth.</param>
    public double? Resolution(double threshold)
    {
        for (var shell = 0; shell < Correlations.Count; shell++)
        {
            if (Correlations[shell] >= threshold)
            {
                continue;
            }

            var part = shell == 0 || !double.IsFinite(Correlations[shell])
                ? 1 : (Correlations[shell - 1] - threshold) / (Correlations[shell - 1] - Correlations[shell]);
            return 1 / (shell == 0 ? Frequencies[0] : Frequencies[shell - 1] + (part * (Frequencies[shell] - Frequencies[shell - 1])));
        }

        return null;
    }

    private static double Signed(int index, int count) => (double)(index <= count / 2 ? index : index - count) / count;

    private static Complex[] Transform(IVolumeReader volume, string name)
    {
        var shape = volume.Info.Shape;
        var values = new Complex[checked((int)shape.ElementCount)];
        var plane = new double[shape.PlaneElementCount];
        for (var z = 0; z < shape.Depth; z++)
        {
            volume.ReadPlane(z, plane);
            var wrong = Array.FindIndex(plane, value => !double.IsFinite(value));
            if (wrong >= 0)
            {
                throw new InferenceException(InferenceError.ValueNotFinite, name,
                    $"{name} is {plane[wrong]} at plane {z}, row {wrong / shape.Width}, column {wrong % shape.Width}; accepted: finite values.");
            }

            for (var i = 0; i < plane.Length; i++)
            {
                values[(z * plane.Length) + i] = plane[i];
            }
        }

        var mean = values.Sum(value => value.Real) / values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] -= mean;
        }

        FourierTransform.Forward(values, shape.Depth, shape.Height, shape.Width);
        return values;
    }
}
