using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Richardson–Lucy iterations: u ← u / α · Hᵀ(y / (H u + b)), where y is the image, u the estimate, H the convolution with
/// the PSF seen through the image's frame, b the background and α = Hᵀ1. With padded edges u lives on the image and all
/// around it that the image sees, as in M. Bertero and P. Boccacci, "A simple method for the reduction of boundary effects in the
/// Richardson-Lucy approach to image deconvolution", Astronomy and Astrophysics 437 (2005); with periodic edges α is 1.
/// </summary>
/// <param name="psf">The PSF.</param>
/// <param name="options">Parameters.</param>
/// <param name="light">Mean of the whole image less the background, above 0: what the regularisation's weight relates to.</param>
/// <param name="device">Where to run.</param>
internal sealed class RichardsonLucyKernel(PointSpreadFunction psf, RichardsonLucyOptions options, double light, Device device) : IDisposable
{
    // Against division by the rounding errors of the Fourier transform where the estimate is dark, as a part of the
    // brightest pixel; and the least that a voxel starts with, as a part of the mean, since from 0 it could never rise.
    private const double SmallestModel = 1e-6;
    private const double SmallestStart = 1e-3;

    private readonly PointSpreadFunction _psf = PsfLight.Trim(psf);
    private (ObjectGrid Grid, TransferFunction Transfer, Coverage? Coverage)? _last;

    /// <summary>Deconvolves a (z, y, x) image.</summary>
    /// <param name="image">float32.</param>
    /// <param name="cancellation">Stops within an iteration.</param>
    /// <param name="iterated">Told the iterations done and their maximum; null tells nobody.</param>
    /// <param name="momenta">What the blocks of one image share of the acceleration; null where it is whole.</param>
    public (Tensor Result, RichardsonLucyRun Run) Apply(
        Tensor image, CancellationToken cancellation, Action<int, int>? iterated = null, Momenta? momenta = null)
    {
        var (grid, transfer, coverage) = On(GridFor((int)image.shape[0], (int)image.shape[1], (int)image.shape[2]), cancellation);
        using var convolution = new FourierConvolution(transfer, grid, device);
        var objectPlanes = convolution.CutPlanes(grid.Z.Object);
        var smallest = Math.Max(SmallestModel * image.max().item<float>(), float.Epsilon * 1e8);
        var estimate = new Estimate(
            Start(image, grid, convolution, coverage, cancellation), options, (image.shape[0], image.shape[1], image.shape[2]), momenta);
        var factors = options.Regularisation == Regularisation.None ? null : empty_like(estimate.Values);
        for (var iteration = 1; ; iteration++)
        {
            var last = iteration == options.Iterations;
            var residual = Compare(image, convolution, smallest, last || options.StopBelow > 0, cancellation);
            convolution.Correlate(cancellation);
            if (factors is not null)
            {
                Penalty.Write(options.Regularisation, options.Weight, light, estimate.Values, objectPlanes, factors, cancellation);
            }

            estimate.Begin();
            CpuWorkers.For(image.device, objectPlanes.Length, i =>
            {
                var correction = convolution.ReadObject(objectPlanes[i]).clamp_min_(0);
                coverage?.Divide(correction, objectPlanes[i]);
                if (factors is not null)
                {
                    correction.mul_(Take(factors, objectPlanes[i]));
                }

                var improved = estimate.Correct(objectPlanes[i], correction);
                correction.Dispose();
                if (!last && !options.Accelerated)
                {
                    convolution.Load(objectPlanes[i], improved);
                }
            }, cancellation);
            iterated?.Invoke(iteration, options.Iterations);
            if (last || estimate.RelativeChange < options.StopBelow)
            {
                // What is no longer needed makes room for the result.
                convolution.Dispose();
                var result = grid.ObjectElements == grid.ImageElements ? estimate.Values : Seen(estimate.Values, grid).clone();
                return (result, new RichardsonLucyRun(iteration, residual.Squared, residual.Image));
            }

            if (options.Accelerated)
            {
                estimate.End();
                CpuWorkers.For(image.device, objectPlanes.Length,
                    i => convolution.Load(objectPlanes[i], estimate.Predict(objectPlanes[i])), cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _last?.Transfer.Dispose();
        _last?.Coverage?.Dispose();
        _last = null;
    }

    // Loads image / model; what was loaded before it was the estimate.
    private (double Squared, double Image) Compare(
        Tensor image, FourierConvolution convolution, double smallest, bool measure, CancellationToken cancellation)
    {
        var planes = convolution.CutPlanes((int)image.shape[0]);
        var sums = new (double Squared, double Image)[planes.Length];
        convolution.Blur(cancellation);
        CpuWorkers.For(image.device, planes.Length, i =>
        {
            var model = convolution.ReadImage(planes[i]).add_(options.Background).clamp_min_(smallest);
            var pixels = Take(image, planes[i]).clamp_min(0);
            if (measure)
            {
                sums[i] = (pixels.sub(model).square_().sum(ScalarType.Float64).item<double>(),
                    pixels.square().sum(ScalarType.Float64).item<double>());
            }

            pixels.div_(model);
            model.Dispose();
            convolution.Load(planes[i], pixels);
        }, cancellation);
        return (sums.Sum(sum => sum.Squared), sums.Sum(sum => sum.Image));
    }

    private ObjectGrid GridFor(int depth, int height, int width) => options.PeriodicEdges
        ? ObjectGrid.Periodic(depth, height, width)
        : ObjectGrid.Padded(depth, height, width, _psf);

    // Tiles of a job have few shapes, and neighbours mostly the same.
    private (ObjectGrid Grid, TransferFunction Transfer, Coverage? Coverage) On(ObjectGrid grid, CancellationToken cancellation)
    {
        if (_last is { } last && last.Grid == grid)
        {
            return last;
        }

        Dispose();
        var coverage = options.PeriodicEdges ? null : new Coverage(_psf, grid, device);
        try
        {
            var transfer = new TransferFunction(
                _psf, grid, WorkingArrays.KeepWholeTransfer(grid, _psf.Shape.Depth, options), device, cancellation);
            var made = (grid, transfer, coverage);
            _last = made;
            return made;
        }
        catch
        {
            coverage?.Dispose();
            throw;
        }
    }

    // The estimate to start from, which is also loaded.
    private Tensor Start(Tensor image, ObjectGrid grid, FourierConvolution convolution, Coverage? coverage, CancellationToken cancellation)
    {
        Tensor Light(Tensor planes) => planes.sub(options.Background).clamp_min_(0);
        var planes = convolution.CutPlanes(grid.Z.Image);
        var sums = new double[planes.Length];
        CpuWorkers.For(image.device, planes.Length,
            i => sums[i] = Light(Take(image, planes[i])).sum(ScalarType.Float64).item<double>(), cancellation);
        var mean = sums.Sum() / grid.ImageElements;

        var start = empty([grid.Z.Object, grid.Y.Object, grid.X.Object], device: image.device);
        var objectPlanes = convolution.CutPlanes(grid.Z.Object);
        CpuWorkers.For(image.device, objectPlanes.Length, i =>
        {
            var here = Take(start, objectPlanes[i]);
            if (options.StartFromMean)
            {
                here.fill_(mean);
            }
            else
            {
                var light = Light(Mirrored(image, grid.Z, objectPlanes[i])).clamp_min_(SmallestStart * mean);
                var high = Edges.Pad(light, 1, grid.Y.Before, grid.Y.After, EdgeMode.Symmetric);
                here.copy_(Edges.Pad(high, 2, grid.X.Before, grid.X.After, EdgeMode.Symmetric));
            }

            coverage?.Hide(here, objectPlanes[i]);
            convolution.Load(objectPlanes[i], here);
        }, cancellation);
        return start;
    }

    private static Tensor Mirrored(Tensor image, AxisReach z, Piece planes)
    {
        if (z.Object == z.Image)
        {
            return Take(image, planes);
        }

        var sources = Enumerable.Range(planes.Start - z.Before, planes.Length).Select(plane => (long)Edges.Source(plane, z.Image, EdgeMode.Symmetric));
        return image.index_select(0, tensor(sources.ToArray(), device: image.device));
    }

    private static Tensor Take(Tensor volume, Piece planes) => volume.narrow(0, planes.Start, planes.Length);

    private static Tensor Seen(Tensor values, ObjectGrid grid) =>
        values.narrow(0, grid.Z.Before, grid.Z.Image).narrow(1, grid.Y.Before, grid.Y.Image).narrow(2, grid.X.Before, grid.X.Image);
}
