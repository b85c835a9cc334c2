using System.Numerics.Tensors;

namespace InferenceBridge.Models;

/// <summary>
/// Intensity of light of one wavelength around its focus: |2 ∫ J₀(k NA r ρ) exp(i k path(ρ, z)) ρ dρ|² over the pupil, by
/// Gauss–Legendre quadrature on nodes that all points share. Its value is 1 in a perfect focus.
/// </summary>
internal sealed class FocalField
{
    // Doubles of the Bessel functions' table: 1 GiB.
    private const long MaximumTable = 1L << 27;
    private const int SmallestNodeCount = 48;

    // Nodes for each radian of phase over the pupil; 0.34 would be enough for a plane wave.
    private const double NodesPerRadian = 0.6;

    private readonly ObjectivePupil _pupil;
    private readonly double[] _heights;
    private readonly double[] _weights;
    private readonly double[] _path;
    private readonly double[] _defocus;
    private readonly double[][] _bessel;

    /// <param name="pupil">The objective.</param>
    /// <param name="step">Distance of the radii that are tabulated, in µm.</param>
    /// <param name="count">Number of radii.</param>
    /// <param name="reachZ">Farthest z from the paraxial focus, in µm.</param>
    public FocalField(ObjectivePupil pupil, double step, int count, double reachZ)
    {
        _pupil = pupil;
        Step = step;
        var nodes = NodeCount(pupil, step * count, reachZ);
        OpticsRules.Require("size_x", count, (long)count * nodes <= MaximumTable, "a smaller extent (size times voxel size): the light "
            + "oscillates too often across this one to be summed up");
        (_heights, _weights) = GaussLegendre.From0To(pupil.Edge, nodes);
        _weights = [.. _weights.Zip(_heights, (weight, height) => 2 * weight * height)];
        _path = [.. _heights.Select(height => pupil.Path(height))];
        _defocus = [.. _heights.Select(height => pupil.Path(height, 1) - pupil.Path(height))];
        _bessel = new double[count][];
        var scale = pupil.WaveNumber * pupil.Aperture;
        Parallel.For(0, count, i => _bessel[i] = Array.ConvertAll(_heights, height => Bessel.J0(scale * i * step * height)));
    }

    /// <summary>Distance of the tabulated radii in µm.</summary>
    public double Step { get; }

    /// <summary>Intensities at the tabulated radii with the stage at z µm.</summary>
    public double[] Radial(double z)
    {
        var (real, imaginary) = Wave(z);
        var intensities = new double[_bessel.Length];
        for (var i = 0; i < intensities.Length; i++)
        {
            var (a, b) = (TensorPrimitives.Dot(_bessel[i], real), TensorPrimitives.Dot(_bessel[i], imaginary));
            intensities[i] = (a * a) + (b * b);
        }

        return intensities;
    }

    /// <summary>Intensity on the axis with the stage at z µm.</summary>
    public double OnAxis(double z)
    {
        var (real, imaginary) = Wave(z);
        var (a, b) = (TensorPrimitives.Sum<double>(real), TensorPrimitives.Sum<double>(imaginary));
        return (a * a) + (b * b);
    }

    /// <summary>Bytes of the table that these arguments of the constructor make.</summary>
    public static double TableBytes(ObjectivePupil pupil, double step, int count, double reachZ) =>
        sizeof(double) * (double)count * NodeCount(pupil, step * count, reachZ);

    private static int NodeCount(ObjectivePupil pupil, double reach, double reachZ)
    {
        const int samples = 256;
        var steepest = 0.0;
        foreach (var z in new[] { pupil.ParaxialFocus - reachZ, pupil.ParaxialFocus + reachZ })
        {
            for (var i = 0; i < samples; i++)
            {
                var (from, to) = (pupil.Edge * i / samples, pupil.Edge * (i + 1) / samples);
                steepest = Math.Max(steepest, Math.Abs(pupil.Path(to, z) - pupil.Path(from, z)) * samples);
            }
        }

        var phase = pupil.WaveNumber * ((pupil.Aperture * pupil.Edge * reach) + steepest);
        return SmallestNodeCount + (int)Math.Min(NodesPerRadian * phase, MaximumTable);
    }

    private (double[] Real, double[] Imaginary) Wave(double z)
    {
        var (real, imaginary) = (new double[_weights.Length], new double[_weights.Length]);
        for (var i = 0; i < real.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(_pupil.WaveNumber * (_path[i] + (z * _defocus[i])));
            (real[i], imaginary[i]) = (_weights[i] * cosine, _weights[i] * sine);
        }

        return (real, imaginary);
    }
}
