using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Convolves and correlates real (z, y, x) data on a periodic grid with one PSF whose transform is computed once. libtorch's
/// Fourier transform uses one CPU thread, so the planes, and then the columns along z, are spread over the cores.
/// </summary>
internal sealed class FourierConvolution : IDisposable
{
    private readonly FourierGrid _grid;
    private readonly Device _device;
    private readonly Piece[] _rows;
    private readonly Tensor _transfer;
    private readonly Tensor _spectrum;

    /// <param name="grid">The grid.</param>
    /// <param name="psf">float32, (z, y, x), no larger than the grid.</param>
    /// <param name="centre">The PSF's centre: the voxel whose light stays where it is.</param>
    public FourierConvolution(FourierGrid grid, Tensor psf, (int Z, int Y, int X) centre)
    {
        _grid = grid;
        _device = psf.device;
        using var scope = NewDisposeScope();
        var shape = psf.shape;

        // A PSF of one plane leaves every plane by itself: no transform along z.
        var padded = zeros([shape[0] == 1 ? 1 : grid.Depth, grid.Height, grid.Width], device: _device);
        padded.narrow(0, 0, shape[0]).narrow(1, 0, shape[1]).narrow(2, 0, shape[2]).copy_(psf);
        var centred = padded.roll([-centre.Z, -centre.Y, -centre.X], [0, 1, 2]);
        _transfer = fft.rfftn(centred, dim: [0, 1, 2]).DetachFromDisposeScope();
        _spectrum = empty([grid.Depth, grid.Height, _transfer.shape[2]], dtype: _transfer.dtype, device: _device).DetachFromDisposeScope();
        _rows = Cut(grid.Height, (long)grid.Depth * ((grid.Width / 2) + 1));
    }

    /// <summary>The grid.</summary>
    public FourierGrid Grid => _grid;

    /// <summary>Cuts the first <paramref name="planes"/> planes of the grid into runs that are worked on at a time.</summary>
    public Piece[] CutPlanes(int planes) => Cut(planes, (long)_grid.Height * _grid.Width);

    /// <summary>Takes planes in: their transform along y and x. Rows and columns that they lack are zeros.</summary>
    public void Load(Piece planes, Tensor values)
    {
        var transformed = fft.rfft2(values, [_grid.Height, _grid.Width], [1, 2]);
        _spectrum.narrow(0, planes.Start, planes.Length).copy_(transformed);
    }

    /// <summary>Convolves what was loaded; a correlation is a convolution with the mirrored PSF.</summary>
    /// <param name="loadedPlanes">Planes 0 to this are loaded; the others are zeros.</param>
    /// <param name="neededPlanes">Planes 0 to this will be asked for.</param>
    /// <param name="correlate">Whether to correlate.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public void Convolve(int loadedPlanes, int neededPlanes, bool correlate, CancellationToken cancellation) =>
        CpuWorkers.For(_device, _rows.Length, i =>
        {
            var (start, length) = _rows[i];
            var transfer = _transfer.narrow(1, start, length);
            var block = _spectrum.narrow(1, start, length);
            var factor = correlate ? transfer.conj() : transfer;
            if (_transfer.shape[0] == 1)
            {
                block.narrow(0, 0, loadedPlanes).mul_(factor);
                return;
            }

            var columns = fft.fft_(block.narrow(0, 0, loadedPlanes), _grid.Depth, 0).mul_(factor);
            block.narrow(0, 0, neededPlanes).copy_(fft.ifft(columns, dim: 0).narrow(0, 0, neededPlanes));
        }, cancellation);

    /// <summary>Planes of the result, float32, (z, y, x), all rows and columns of the grid.</summary>
    public Tensor Read(Piece planes) =>
        fft.irfft2(_spectrum.narrow(0, planes.Start, planes.Length), [_grid.Height, _grid.Width], [1, 2]);

    /// <inheritdoc/>
    public void Dispose()
    {
        _transfer.Dispose();
        _spectrum.Dispose();
    }

    private Piece[] Cut(int count, long elementsEach) =>
        Piece.Cut(count, CpuWorkers.Count(_device) == 1 ? count : Math.Min(CpuWorkers.CacheElements / elementsEach, (count + 1) / 2));
}
