using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Non-local means: each pixel becomes the mean of the pixels around it, weighted by exp(−d), where d is the squared difference of
/// the patches around the two, per pixel and h². A. Buades, B. Coll and J.-M. Morel, CVPR 2005; with the loop over shifts outside, as in
/// J. Darbon et al., ISBI 2008, and J. Froment, IPOL 4, 300 (2014).
/// <para>
/// The same as scikit-image's denoise_nl_means: the image is mirrored at its faces (d c b | a b c d), pairs of d above 5 do not
/// count, and with Gaussian weights patches centred outside of the image do not either. Only that scikit-image takes exp from a table
/// of lines (up to 4% off) and, in its slow mode, stops adding up a patch's distance after any row but the last.
/// </para>
/// </summary>
internal sealed class NonLocalMeansKernel
{
    /// <summary>Distances above this have weight 0.</summary>
    private const double LargestDistance = 5;

    // exp of this is 0 in float32.
    private const double Never = -1000;

    // The run of a block's last plane ends as many pixels behind its last row as it starts behind the first row's start.
    private const int ExtraRows = 1;

    private static readonly TorchSharp.Scalar One = 1f;

    private readonly NonLocalMeansOptions _options;
    private readonly PatchWeights _patch;
    private readonly IReadOnlyList<Shift> _shifts;
    private readonly double _scale;
    private readonly double _expectedDistance;

    /// <param name="options">Parameters with noise and strength filled in, both above 0 where they are used.</param>
    public NonLocalMeansKernel(NonLocalMeansOptions options)
    {
        var axes = options.IsVolumetric ? 3 : 2;
        _options = options;
        _patch = options.HasGaussianWeights ? PatchWeights.Gaussian(options.PatchSize) : PatchWeights.Box(options.PatchSize);
        _shifts = Shift.Half(options.Distance, options.IsVolumetric);
        _scale = -1 / (options.Strength * options.Strength * _patch.Divisor(axes));
        _expectedDistance = options.SubtractNoise ? -2 * options.Noise * options.Noise * _patch.Total(axes) * _scale : 0;
    }

    /// <summary>Filters a (z, y, x) image.</summary>
    public Tensor Apply(Tensor image, CancellationToken cancellation)
    {
        var reach = _options.Reach;
        using var deep = Edges.Pad(image, 0, reach.Z, reach.Z, EdgeMode.Mirror);
        using var high = Edges.Pad(deep, 1, reach.Y, reach.Y + ExtraRows, EdgeMode.Mirror);
        using var padded = Edges.Pad(high, 2, reach.X, reach.X, EdgeMode.Mirror);
        using var inside = _options.HasGaussianWeights ? Inside(image, padded) : null;
        var result = empty_like(image);
        var blocks = PixelBlock.Cut(image, _options.IsVolumetric);
        CpuWorkers.For(image.device, blocks.Count, i => Filter(blocks[i], padded, inside, result, cancellation), cancellation);
        return result;
    }

    // A block is laid out with its margin, and each of its planes as one run of pixels: a shift in the plane is then a shift
    // along the run, every operator works on long runs, and what wraps around a row's end lands in the margin, where nothing is kept.
    private void Filter(PixelBlock block, Tensor padded, Tensor? inside, Tensor result, CancellationToken cancellation)
    {
        var reach = _options.Reach;
        var (planes, rows, columns) = (block.Planes.Length, block.Rows.Length, block.Columns.Length);
        var rowLength = columns + (2 * reach.X);
        var (start, length) = ((reach.Y * rowLength) + reach.X, rows * rowLength);
        var image = Runs(padded);
        var counts = inside is null ? null : Runs(inside);
        var values = counts is null ? image : image.mul(counts);
        var sum = values.narrow(0, reach.Z, planes).narrow(1, start, length).clone();
        var weight = ones_like(sum);
        foreach (var shift in _shifts)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var along = (shift.Y * rowLength) + shift.X;
            var (ahead, behind) = (Math.Max(along, 0), Math.Max(-along, 0));

            // The weight of a pixel and the one a shift behind it is that of the latter and the one a shift ahead of it: taken
            // from a region that holds the block and the block shifted, each weight is computed once.
            var margin = _options.IsVolumetric ? _patch.Length - 1 : 0;
            var firstPlane = reach.Z - shift.Z - (_options.IsVolumetric ? _patch.Before : 0);
            var first = start - ahead - (_patch.Before * (rowLength + 1));
            var count = length + ahead + behind + ((_patch.Length - 1) * (rowLength + 1));
            var region = image.narrow(0, firstPlane, planes + shift.Z + margin);
            var shifted = image.narrow(0, firstPlane + shift.Z, planes + shift.Z + margin);
            var similarity = Similarity(region.narrow(1, first, count).sub(shifted.narrow(1, first + along, count)), rowLength);
            Add(similarity.narrow(0, shift.Z, planes).narrow(1, ahead, length), shift.Z, along);
            Add(similarity.narrow(0, 0, planes).narrow(1, behind, length), -shift.Z, -along);
        }

        block.Of(result).copy_(sum.div_(weight).view(planes, rows, rowLength).narrow(2, 0, columns));

        Tensor Runs(Tensor source) => block.With(source, reach, ExtraRows).reshape(planes + (2 * reach.Z), -1);

        void Add(Tensor similarity, int z, int along)
        {
            sum.addcmul_(similarity, values.narrow(0, reach.Z + z, planes).narrow(1, start + along, length), One);
            if (counts is null)
            {
                weight.add_(similarity);
            }
            else
            {
                weight.addcmul_(similarity, counts.narrow(0, reach.Z + z, planes).narrow(1, start + along, length), One);
            }
        }
    }

    /// <summary>Weights of pixels, from the differences between an image and the image shifted.</summary>
    private Tensor Similarity(Tensor difference, int rowLength)
    {
        var sum = difference.square_();
        if (_options.IsVolumetric)
        {
            sum = _patch.Sum(sum, axis: 0, step: 1);
        }

        var exponent = _patch.Sum(_patch.Sum(sum, axis: 1, step: rowLength), axis: 1, step: 1).mul_(_scale);
        if (_expectedDistance > 0)
        {
            exponent.add_(_expectedDistance).clamp_max_(0);
        }

        nn.functional.threshold(exponent, -LargestDistance, Never, inplace: true);
        return exponent.exp_();
    }

    private Tensor Inside(Tensor image, Tensor padded)
    {
        var reach = _options.Reach;
        var inside = zeros_like(padded);
        inside.narrow(0, reach.Z, image.shape[0]).narrow(1, reach.Y, image.shape[1]).narrow(2, reach.X, image.shape[2]).fill_(1);
        return inside;
    }
}
