using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Samples the point-spread function of a microscope at the centres of voxels.</summary>
public static class PsfSampler
{
    /// <summary>Computes in float64 on the CPU.</summary>
    /// <param name="optics">The microscope.</param>
    /// <param name="grid">The voxels; the brightest point of the axis lies in the centre voxel's centre.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <returns>float32 (z, y, x) with the grid's calibration; values of at least 0 whose sum is 1.</returns>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterOutOfRange"/>: impossible optics or sizes, or a grid so wide that it can't be computed.
    /// </exception>
    public static MemoryVolume Sample(Optics optics, PsfGrid grid, CancellationToken cancellation = default)
    {
        optics.Validate();
        grid.Validate();
        var values = new float[checked((int)grid.Shape.ElementCount)];
        var planes = optics.Model == PsfModel.Gaussian
            ? GaussianModel.Planes(optics, grid, cancellation)
            : Planes(new MicroscopeField(optics, Reach(grid), ReachZ(grid)), grid, cancellation);
        var sum = planes.Sum(plane => plane.Sum());
        for (var z = 0; z < planes.Length; z++)
        {
            var plane = values.AsSpan(z * planes[z].Length, planes[z].Length);
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = (float)(planes[z][i] / sum);
            }
        }

        return MemoryVolume.FromSingles(values, grid.Shape, grid.Calibration);
    }

    private static double[][] Planes(MicroscopeField field, PsfGrid grid, CancellationToken cancellation)
    {
        var planes = new double[grid.Depth][];
        Parallel.For(0, grid.Depth, new ParallelOptions { CancellationToken = cancellation }, z =>
            planes[z] = Plane(field.Profile((z - (grid.Depth / 2)) * grid.VoxelDepthUm), grid));
        return planes;
    }

    private static double[] Plane(RadialProfile profile, PsfGrid grid)
    {
        var plane = new double[grid.Height * grid.Width];
        for (var y = 0; y < grid.Height; y++)
        {
            var dy = (y - (grid.Height / 2)) * grid.VoxelHeightUm;
            for (var x = 0; x < grid.Width; x++)
            {
                var dx = (x - (grid.Width / 2)) * grid.VoxelWidthUm;
                plane[(y * grid.Width) + x] = profile.At(Math.Sqrt((dx * dx) + (dy * dy)));
            }
        }

        return plane;
    }

    /// <summary>Bytes that <see cref="Sample"/> takes beside its result.</summary>
    internal static long WorkingBytes(Optics optics, PsfGrid grid)
    {
        var planes = sizeof(double) * (double)grid.Shape.ElementCount;
        return (long)Math.Min(long.MaxValue / 8, optics.Model == PsfModel.Gaussian ? planes : planes + MicroscopeField.Bytes(optics, Reach(grid), ReachZ(grid)));
    }

    private static double ReachZ(PsfGrid grid) => ((grid.Depth / 2) + 1) * Math.Max(grid.VoxelDepthUm, 0);

    private static double Reach(PsfGrid grid)
    {
        var (y, x) = (grid.Height / 2 * grid.VoxelHeightUm, grid.Width / 2 * grid.VoxelWidthUm);
        return Math.Sqrt((x * x) + (y * y));
    }
}
