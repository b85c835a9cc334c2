using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Brings the centre of a PSF onto a voxel, since half a voxel there moves the whole result and blurs what is sharp.</summary>
internal static class PsfCentring
{
    // Less than this, in voxels, no image can show.
    private const double Negligible = 0.01;

    /// <summary>Whether a centre differs from a voxel.</summary>
    public static bool IsOff((double Z, double Y, double X) centre, (int Z, int Y, int X) voxel) =>
        Math.Abs(centre.Z - voxel.Z) > Negligible || Math.Abs(centre.Y - voxel.Y) > Negligible || Math.Abs(centre.X - voxel.X) > Negligible;

    /// <summary>
    /// Shifts the PSF by less than a voxel so that its centre lies on the nearest one: band-limited, by the phases of its transform.
    /// </summary>
    /// <returns>The PSF, nonnegative, and that voxel.</returns>
    public static (PsfSamples Shifted, (int Z, int Y, int X) Centre) ToVoxel(PsfSamples psf, (double Z, double Y, double X) centre)
    {
        var voxel = (Z: Nearest(centre.Z), Y: Nearest(centre.Y), X: Nearest(centre.X));
        if (!IsOff(centre, voxel))
        {
            return (psf, voxel);
        }

        using var scope = NewDisposeScope();
        long[] shape = [psf.Size.Depth, psf.Size.Height, psf.Size.Width];
        var spectrum = fft.fftn(tensor(psf.Values, shape, ScalarType.Float64));
        double[] shifts = [voxel.Z - centre.Z, voxel.Y - centre.Y, voxel.X - centre.X];
        for (var axis = 0; axis < 3; axis++)
        {
            long[] along = [1, 1, 1];
            along[axis] = shape[axis];
            spectrum = spectrum.mul(Phases(shape[axis], shifts[axis]).reshape(along));
        }

        var shifted = fft.ifftn(spectrum).real.clamp_min(0).contiguous();
        return (psf with { Values = shifted.data<double>().ToArray() }, voxel);
    }

    private static int Nearest(double position) => (int)Math.Floor(position + 0.5);

    private static Tensor Phases(long length, double shift)
    {
        var angle = fft.fftfreq(length, dtype: ScalarType.Float64).mul(-2 * Math.PI * shift);
        var (real, imaginary) = (angle.cos(), angle.sin());
        if (length % 2 == 0)
        {
            // The highest frequency stands for both of its signs.
            imaginary.narrow(0, length / 2, 1).zero_();
        }

        return complex(real, imaginary);
    }
}
