using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Richardson–Lucy iterations: u ← u / α · Hᵀ(y / (H u + b)), where y is the image, u the estimate, H the convolution with
/// the PSF seen through the image's frame, b the background and α = Hᵀ1. With padded edges u lives on the image and all
/// around it that the PSF reaches, as in M. Bertero and P. Boccacci, "A simple method for the reduction of boundary effects in the
/// Richardson-Lucy approach to image deconvolution", Astronomy and Astrophysics 437 (2005); with periodic edges α is 1.
/// </summary>
/// <param name="psf">float32, (z, y, x), sums to 1; the kernel takes ownership.</param>
/// <param name="options">Parameters.</param>
internal sealed class RichardsonLucyKernel(Tensor psf, RichardsonLucyOptions options) : IDisposable
{
    // Where less than this part of a voxel's light reaches the image, the image says nothing of it: there u is 0.
    private const double SmallestCoverage = 0.01;

    // Against division by the rounding errors of the Fourier transform where the estimate is dark, as a part of the
    // brightest pixel; and the least that a voxel starts with, as a part of the mean, since from 0 it could never rise.
    private const double SmallestModel = 1e-6;
    private const double SmallestStart = 1e-3;

    private (FourierGrid Grid, FourierConvolution Convolution)? _last;

    /// <summary>Deconvolves a (z, y, x) image.</summary>
    public Tensor Apply(Tensor image, CancellationToken cancellation)
    {
        var grid = GridFor((int)image.shape[0], (int)image.shape[1], (int)image.shape[2]);
        var convolution = ConvolutionOn(grid);
        var planes = convolution.CutPlanes((int)image.shape[0]);
        var gridPlanes = convolution.CutPlanes(grid.Depth);
        var smallest = Math.Max(SmallestModel * image.max().item<float>(), float.Epsilon * 1e8);
        var inverseCoverage = options.PeriodicEdges ? null : InverseCoverage(image, convolution, grid, cancellation);
        var estimate = Start(image, grid);
        if (inverseCoverage is not null)
        {
            estimate.mul_(inverseCoverage.gt(0));
        }

        CpuWorkers.For(image.device, gridPlanes.Length, i => convolution.Load(gridPlanes[i], Take(estimate, gridPlanes[i])), cancellation);
        for (var iteration = 0; iteration < options.Iterations; iteration++)
        {
            convolution.Convolve(grid.Depth, (int)image.shape[0], correlate: false, cancellation);
            CpuWorkers.For(image.device, planes.Length, i =>
            {
                var model = Frame(convolution.Read(planes[i]), image).add(options.Background).clamp_min_(smallest);
                convolution.Load(planes[i], Take(image, planes[i]).clamp_min(0).div_(model));
            }, cancellation);
            convolution.Convolve((int)image.shape[0], grid.Depth, correlate: true, cancellation);
            var last = iteration == options.Iterations - 1;
            CpuWorkers.For(image.device, gridPlanes.Length, i =>
            {
                var correction = convolution.Read(gridPlanes[i]).clamp_min_(0);
                if (inverseCoverage is not null)
                {
                    correction.mul_(Take(inverseCoverage, gridPlanes[i]));
                }

                var improved = Take(estimate, gridPlanes[i]).mul_(correction);
                if (!last)
                {
                    convolution.Load(gridPlanes[i], improved);
                }
            }, cancellation);
        }

        return Frame(estimate.narrow(0, 0, image.shape[0]), image).clone();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _last?.Convolution.Dispose();
        psf.Dispose();
    }

    private FourierGrid GridFor(int depth, int height, int width) => options.PeriodicEdges
        ? FourierGrid.Periodic(depth, height, width)
        : FourierGrid.Padded(depth, height, width, new((int)psf.shape[0], (int)psf.shape[1], (int)psf.shape[2]));

    // Tiles of a job have few shapes, and neighbours mostly the same.
    private FourierConvolution ConvolutionOn(FourierGrid grid)
    {
        if (_last is { } last && last.Grid == grid)
        {
            return last.Convolution;
        }

        _last?.Convolution.Dispose();
        _last = null;
        var convolution = new FourierConvolution(grid, psf);
        _last = (grid, convolution);
        return convolution;
    }

    private static Tensor InverseCoverage(Tensor image, FourierConvolution convolution, FourierGrid grid, CancellationToken cancellation)
    {
        var planes = convolution.CutPlanes((int)image.shape[0]);
        var gridPlanes = convolution.CutPlanes(grid.Depth);
        var inverse = empty([grid.Depth, grid.Height, grid.Width], device: image.device);
        CpuWorkers.For(image.device, planes.Length, i => convolution.Load(planes[i], ones_like(Take(image, planes[i]))), cancellation);
        convolution.Convolve((int)image.shape[0], grid.Depth, correlate: true, cancellation);
        CpuWorkers.For(image.device, gridPlanes.Length, i =>
        {
            var coverage = convolution.Read(gridPlanes[i]);
            var unseen = coverage.lt(SmallestCoverage);
            Take(inverse, gridPlanes[i]).copy_(coverage.clamp_min_(SmallestCoverage).reciprocal_().masked_fill_(unseen, 0));
        }, cancellation);
        return inverse;
    }

    private Tensor Start(Tensor image, FourierGrid grid)
    {
        var light = image.sub(options.Background).clamp_min_(0);
        var mean = light.mean().item<float>();
        return options.StartFromMean
            ? full([grid.Depth, grid.Height, grid.Width], mean, device: image.device)
            : Edges.Wrap(light.clamp_min_(SmallestStart * mean), grid);
    }

    private static Tensor Take(Tensor volume, Piece planes) => volume.narrow(0, planes.Start, planes.Length);

    private static Tensor Frame(Tensor planes, Tensor image) => planes.narrow(1, 0, image.shape[1]).narrow(2, 0, image.shape[2]);
}
