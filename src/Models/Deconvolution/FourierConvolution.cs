using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Blurs an object into its image, and correlates an image into its object, with one array of half spectra in which everything happens
/// in place. libtorch's Fourier transform uses one CPU thread, so the planes, and then the columns along z, are spread over the cores.
/// What the padding adds along z exists only while a column is worked on.
/// </summary>
/// <param name="transfer">The PSF's transform on the grid; remains the caller's.</param>
/// <param name="grid">The grid.</param>
/// <param name="device">Where to run.</param>
internal sealed class FourierConvolution(TransferFunction transfer, ObjectGrid grid, Device device) : IDisposable
{
    private readonly Tensor _spectrum = TransferFunction.Empty(grid.Z.Object, grid, device).DetachFromDisposeScope();
    private readonly Piece[] _rows = CpuWorkers.Cut(device, grid.Y.Length, ((grid.X.Length / 2L) + 1) * grid.Z.Length);

    /// <summary>Cuts the first <paramref name="planes"/> planes of image or object into runs that are worked on at a time.</summary>
    public Piece[] CutPlanes(int planes) => CpuWorkers.Cut(device, planes, (long)grid.Y.Length * grid.X.Length);

    /// <summary>Takes planes of an object or an image in: their transform along y and x.</summary>
    public void Load(Piece planes, Tensor values)
    {
        using var transformed = fft.rfft2(values, [grid.Y.Length, grid.X.Length], [1, 2]);
        _spectrum.narrow(0, planes.Start, planes.Length).copy_(transformed);
    }

    /// <summary>Makes the image of the object whose planes were loaded.</summary>
    public void Blur(CancellationToken cancellation) => Multiply(grid.Z.Object, grid.Z.Image, correlate: false, cancellation);

    /// <summary>Makes the object's share in the image whose planes were loaded: the transposed blur.</summary>
    public void Correlate(CancellationToken cancellation) => Multiply(grid.Z.Image, grid.Z.Object, correlate: true, cancellation);

    /// <summary>Planes of the image that <see cref="Blur"/> made, float32, (z, y, x); a view of a larger array.</summary>
    public Tensor ReadImage(Piece planes) => Read(planes, grid.Y.Image, grid.X.Image);

    /// <summary>Planes of the object that <see cref="Correlate"/> made, float32, (z, y, x); a view of a larger array.</summary>
    public Tensor ReadObject(Piece planes) => Read(planes, grid.Y.Object, grid.X.Object);

    /// <inheritdoc/>
    public void Dispose() => _spectrum.Dispose();

    private void Multiply(int loaded, int needed, bool correlate, CancellationToken cancellation) =>
        CpuWorkers.For(device, _rows.Length, i =>
        {
            var (start, length) = _rows[i];
            var block = _spectrum.narrow(1, start, length);
            var factor = transfer.Rows(_rows[i]);
            factor = correlate ? factor.conj() : factor;
            if (transfer.IsFlat)
            {
                block.narrow(0, 0, loaded).mul_(factor);
                return;
            }

            var columns = fft.fft_(block.narrow(0, 0, loaded), grid.Z.Length, 0).mul_(factor);
            block.narrow(0, 0, needed).copy_(fft.ifft(columns, dim: 0).narrow(0, 0, needed));
        }, cancellation);

    // Nothing but the view that is returned holds on to the planes.
    private Tensor Read(Piece planes, int rows, int columns)
    {
        using var all = fft.irfft2(_spectrum.narrow(0, planes.Start, planes.Length), [grid.Y.Length, grid.X.Length], [1, 2]);
        using var needed = all.narrow(1, 0, rows);
        return needed.narrow(2, 0, columns);
    }
}
