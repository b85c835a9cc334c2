using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Deconvolves in one step: conj(H) / (|H|² + w · P), H being the PSF's transform and P a penalty at each frequency. With padded edges
/// the image is continued by its mirror.
/// </summary>
/// <param name="psf">The PSF.</param>
/// <param name="options">Parameters.</param>
/// <param name="device">Where to run.</param>
internal sealed class LinearFilterKernel(PointSpreadFunction psf, LinearFilterOptions options, Device device) : IDisposable
{
    private (FourierGrid Grid, Tensor Filter)? _last;

    /// <summary>Deconvolves a (z, y, x) image.</summary>
    public Tensor Apply(Tensor image, CancellationToken cancellation)
    {
        var (depth, height, width) = ((int)image.shape[0], (int)image.shape[1], (int)image.shape[2]);
        var grid = options.PeriodicEdges ? FourierGrid.Periodic(depth, height, width) : FourierGrid.Padded(depth, height, width, psf.Shape);
        var filter = FilterOn(grid);
        cancellation.ThrowIfCancellationRequested();
        using var light = image.sub(options.Background);
        using var wrapped = Edges.Wrap(light, grid);
        using var spectrum = fft.rfftn(wrapped, dim: [0, 1, 2]);
        cancellation.ThrowIfCancellationRequested();
        spectrum.mul_(filter);
        using var result = fft.irfftn(spectrum, [grid.Depth, grid.Height, grid.Width], [0, 1, 2]);
        var framed = result.narrow(0, 0, depth).narrow(1, 0, height).narrow(2, 0, width).clone();
        return options.Nonnegative ? framed.clamp_min_(0) : framed;
    }

    /// <inheritdoc/>
    public void Dispose() => _last?.Filter.Dispose();

    private Tensor FilterOn(FourierGrid grid)
    {
        if (_last is { } last && last.Grid == grid)
        {
            return last.Filter;
        }

        _last?.Filter.Dispose();
        _last = null;
        using var scope = NewDisposeScope();
        var padded = zeros([grid.Depth, grid.Height, grid.Width], device: device);
        var shape = psf.Shape;
        padded.narrow(0, 0, shape.Depth).narrow(1, 0, shape.Height).narrow(2, 0, shape.Width).copy_(psf.ToTensor(device));
        var transfer = fft.rfftn(padded.roll([-psf.Centre.Z, -psf.Centre.Y, -psf.Centre.X], [0, 1, 2]), dim: [0, 1, 2]);
        var power = transfer.real.square().add(transfer.imag.square());
        var penalty = options.Curvature ? Curvature(grid).mul_(options.Weight) : full_like(power, options.Weight);

        // A frequency that neither the PSF passes nor the penalty weighs is left out, not divided by zero.
        var filter = transfer.conj().div(power.add_(penalty).clamp_min_(float.Epsilon * 1e8)).DetachFromDisposeScope();
        _last = (grid, filter);
        return filter;
    }

    // The square of the discrete Laplacian's transform, Σ 2 (1 − cos 2πf), over the half spectrum.
    private Tensor Curvature(FourierGrid grid)
    {
        Tensor Along(Tensor frequencies, params long[] shape) => frequencies.mul(2 * Math.PI).cos().neg().add(1).mul(2).reshape(shape);
        var z = Along(fft.fftfreq(grid.Depth, device: device), -1, 1, 1);
        var y = Along(fft.fftfreq(grid.Height, device: device), 1, -1, 1);
        var x = Along(fft.rfftfreq(grid.Width, device: device), 1, 1, -1);
        return z.add(y).add(x).square_();
    }
}
