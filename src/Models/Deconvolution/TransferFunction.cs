using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// The transform of a PSF, shifted so that the object's first voxel falls on the image's first. Its planes are few beside those of the
/// grid: kept transformed along y and x alone, it takes that much less memory, and is completed along z where it is used.
/// </summary>
internal sealed class TransferFunction : IDisposable
{
    // Half spectra, (z, y, x): z as frequencies where it is whole, else as planes of the PSF.
    private readonly Tensor _values;

    // What shifts along z, by frequency; null where nothing is left to do along z.
    private readonly Tensor? _shift;
    private readonly int _depth;

    /// <param name="psf">No larger than the grid.</param>
    /// <param name="grid">The grid.</param>
    /// <param name="whole">Whether to keep it transformed along z too: takes more memory, and less time.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="cancellation">Stops between planes.</param>
    public TransferFunction(PointSpreadFunction psf, ObjectGrid grid, bool whole, Device device, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        _depth = grid.Z.Length;
        var values = psf.ToTensor(device);
        var (shape, shift) = (psf.Shape, (Z: psf.Centre.Z + grid.Z.Before, Y: psf.Centre.Y + grid.Y.Before, X: psf.Centre.X + grid.X.Before));

        // The planes of what is completed in place are written into its first ones.
        var complete = whole && shape.Depth > 1;
        var spectrum = Empty(complete ? _depth : shape.Depth, grid, device);
        var planes = spectrum.narrow(0, 0, shape.Depth);
        CpuWorkers.For(device, shape.Depth, i =>
        {
            var padded = zeros([1, grid.Y.Length, grid.X.Length], device: device);
            padded.narrow(1, 0, shape.Height).narrow(2, 0, shape.Width).copy_(values.narrow(0, i, 1));
            planes.narrow(0, i, 1).copy_(fft.rfft2(padded.roll([-shift.Y, -shift.X], [1, 2]), dim: [1, 2]));
        }, cancellation);
        if (shape.Depth == 1)
        {
            // A PSF of one plane leaves every plane by itself.
            _values = spectrum.DetachFromDisposeScope();
            return;
        }

        var point = zeros([_depth, 1, 1], device: device);
        point.narrow(0, (_depth - (shift.Z % _depth)) % _depth, 1).fill_(1);
        var turn = fft.fft_(point, dim: 0);
        if (complete)
        {
            var pieces = CpuWorkers.Cut(device, grid.Y.Length, _depth * ((grid.X.Length / 2L) + 1));
            CpuWorkers.For(device, pieces.Length, i => Take(spectrum, pieces[i]).copy_(Complete(Take(planes, pieces[i]), turn)), cancellation);
        }
        else
        {
            _shift = turn.DetachFromDisposeScope();
        }

        _values = spectrum.DetachFromDisposeScope();
    }

    /// <summary>True where planes do not mix, so that nothing needs a transform along z.</summary>
    public bool IsFlat => _values.shape[0] == 1;

    /// <summary>The half spectrum of some rows of frequencies, complex64, (z or 1, y, x); not to be changed.</summary>
    public Tensor Rows(Piece rows)
    {
        var values = Take(_values, rows);
        return _shift is null ? values : Complete(values, _shift);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _shift?.Dispose();
    }

    /// <summary>Half spectra of some planes, transformed along y and x.</summary>
    public static Tensor Empty(int planes, ObjectGrid grid, Device device) =>
        empty([planes, grid.Y.Length, (grid.X.Length / 2) + 1], dtype: ScalarType.ComplexFloat32, device: device);

    private Tensor Complete(Tensor planes, Tensor turn) => fft.fft_(planes, _depth, 0).mul_(turn);

    private static Tensor Take(Tensor spectrum, Piece rows) => spectrum.narrow(1, rows.Start, rows.Length);
}
