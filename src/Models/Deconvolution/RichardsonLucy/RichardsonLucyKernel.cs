using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Richardson–Lucy iterations: u ← u / α · Hᵀ(y / (H u + b)), where y is the image, u the estimate, H the convolution with
/// the PSF seen through the image's frame, b the background and α = Hᵀ1. With padded edges u lives on the image and all
/// around it that the PSF reaches, as in M. Bertero and P. Boccacci, "A simple method for the reduction of boundary effects in the
/// Richardson-Lucy approach to image deconvolution", Astronomy and Astrophysics 437 (2005); with periodic edges α is 1.
/// </summary>
/// <param name="psf">The PSF.</param>
/// <param name="options">Parameters.</param>
/// <param name="light">Mean of the whole image less the background, above 0: what the regularisation's weight relates to.</param>
/// <param name="device">Where to run.</param>
internal sealed class RichardsonLucyKernel(PointSpreadFunction psf, RichardsonLucyOptions options, double light, Device device) : IDisposable
{
    // Where less than this part of a voxel's light reaches the image, the image says nothing of it: there u is 0.
    private const double SmallestCoverage = 0.01;

    // Against division by the rounding errors of the Fourier transform where the estimate is dark, as a part of the
    // brightest pixel; and the least that a voxel starts with, as a part of the mean, since from 0 it could never rise.
    private const double SmallestModel = 1e-6;
    private const double SmallestStart = 1e-3;

    private (FourierGrid Grid, FourierConvolution Convolution)? _last;

    /// <summary>Deconvolves a (z, y, x) image.</summary>
    /// <param name="image">float32.</param>
    /// <param name="cancellation">Stops within an iteration.</param>
    /// <param name="iterated">Told the iterations done and their maximum; null tells nobody.</param>
    /// <param name="momenta">What the blocks of one image share of the acceleration; null where it is whole.</param>
    public (Tensor Result, RichardsonLucyRun Run) Apply(
        Tensor image, CancellationToken cancellation, Action<int, int>? iterated = null, Momenta? momenta = null)
    {
        var grid = GridFor((int)image.shape[0], (int)image.shape[1], (int)image.shape[2]);
        var convolution = ConvolutionOn(grid);
        var gridPlanes = convolution.CutPlanes(grid.Depth);
        var smallest = Math.Max(SmallestModel * image.max().item<float>(), float.Epsilon * 1e8);

        // In this order, since making the start takes most memory for a moment.
        var start = Start(image, grid);
        var inverseCoverage = options.PeriodicEdges ? null : InverseCoverage(image, convolution, grid, cancellation);
        if (inverseCoverage is not null)
        {
            start.mul_(inverseCoverage.gt(0));
        }

        var estimate = new Estimate(start, options, (image.shape[0], image.shape[1], image.shape[2]), momenta);
        var factors = options.Regularisation == Regularisation.None ? null : empty_like(start);
        CpuWorkers.For(image.device, gridPlanes.Length, i => convolution.Load(gridPlanes[i], Take(start, gridPlanes[i])), cancellation);
        for (var iteration = 1; ; iteration++)
        {
            var last = iteration == options.Iterations;
            var residual = Compare(image, convolution, smallest, last || options.StopBelow > 0, cancellation);
            convolution.Convolve((int)image.shape[0], grid.Depth, correlate: true, cancellation);
            if (factors is not null)
            {
                Penalty.Write(options.Regularisation, options.Weight, light, estimate.Values, gridPlanes, factors, cancellation);
            }

            estimate.Begin();
            CpuWorkers.For(image.device, gridPlanes.Length, i =>
            {
                var correction = convolution.Read(gridPlanes[i]).clamp_min_(0);
                foreach (var factor in (Tensor?[])[inverseCoverage, factors])
                {
                    if (factor is not null)
                    {
                        correction.mul_(Take(factor, gridPlanes[i]));
                    }
                }

                var improved = estimate.Correct(gridPlanes[i], correction);
                if (!last && !options.Accelerated)
                {
                    convolution.Load(gridPlanes[i], improved);
                }
            }, cancellation);
            iterated?.Invoke(iteration, options.Iterations);
            if (last || estimate.RelativeChange < options.StopBelow)
            {
                var result = Frame(estimate.Values.narrow(0, 0, image.shape[0]), image).clone();
                return (result, new RichardsonLucyRun(iteration, residual.Squared, residual.Image));
            }

            if (options.Accelerated)
            {
                estimate.End();
                CpuWorkers.For(image.device, gridPlanes.Length,
                    i => convolution.Load(gridPlanes[i], estimate.Predict(gridPlanes[i])), cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _last?.Convolution.Dispose();
        _last = null;
    }

    // Loads image / model; what was loaded before it was the estimate.
    private (double Squared, double Image) Compare(
        Tensor image, FourierConvolution convolution, double smallest, bool measure, CancellationToken cancellation)
    {
        var planes = convolution.CutPlanes((int)image.shape[0]);
        var sums = new (double Squared, double Image)[planes.Length];
        convolution.Convolve(convolution.Grid.Depth, (int)image.shape[0], correlate: false, cancellation);
        CpuWorkers.For(image.device, planes.Length, i =>
        {
            var model = Frame(convolution.Read(planes[i]), image).add(options.Background).clamp_min_(smallest);
            var pixels = Take(image, planes[i]).clamp_min(0);
            if (measure)
            {
                sums[i] = (pixels.sub(model).square_().sum(ScalarType.Float64).item<double>(),
                    pixels.square().sum(ScalarType.Float64).item<double>());
            }

            convolution.Load(planes[i], pixels.div_(model));
        }, cancellation);
        return (sums.Sum(sum => sum.Squared), sums.Sum(sum => sum.Image));
    }

    private FourierGrid GridFor(int depth, int height, int width) => options.PeriodicEdges
        ? FourierGrid.Periodic(depth, height, width)
        : FourierGrid.Padded(depth, height, width, psf.Shape);

    // Tiles of a job have few shapes, and neighbours mostly the same.
    private FourierConvolution ConvolutionOn(FourierGrid grid)
    {
        if (_last is { } last && last.Grid == grid)
        {
            return last.Convolution;
        }

        _last?.Convolution.Dispose();
        _last = null;
        using var values = psf.ToTensor(device);
        var convolution = new FourierConvolution(grid, values, psf.Centre);
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
        using var scope = NewDisposeScope();
        var light = image.sub(options.Background).clamp_min_(0);
        var mean = light.mean().item<float>();
        var start = options.StartFromMean ? full([grid.Depth, grid.Height, grid.Width], mean, device: image.device)
            : options.PeriodicEdges ? light.clamp_min_(SmallestStart * mean)
            : Edges.Wrap(light.clamp_min_(SmallestStart * mean), grid);
        return start.MoveToOuterDisposeScope();
    }

    private static Tensor Take(Tensor volume, Piece planes) => volume.narrow(0, planes.Start, planes.Length);

    private static Tensor Frame(Tensor planes, Tensor image) => planes.narrow(1, 0, image.shape[1]).narrow(2, 0, image.shape[2]);
}
