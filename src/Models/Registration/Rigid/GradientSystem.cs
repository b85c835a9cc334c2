using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// The least-squares fit of an image by the template, its gradients and a constant, all without their local means, each pixel weighted by
/// how little it varies. All that depends on the template alone is done once: what is left for an image is a few inner products.
/// </summary>
internal sealed class GradientSystem : IDisposable
{
    // Pixels with less than this share of the mean variance count no more for it.
    private const double SmallestVariance = 0.5;

    // Of the largest, below which a direction cannot be told.
    private const double SmallestCurvature = 1e-6;

    // Errors are taken to be independent from block to block: cells and their noise lie within one.
    private const int Blocks = 8;
    private const int SmallestBlock = 4;
    private const int LargestBlock = 32;

    private readonly int[] _margin;
    private readonly long[] _sizes;
    private readonly long[] _block;
    private readonly int[] _axes;
    private readonly Tensor _influence;
    private readonly Tensor _template;

    private GradientSystem(int[] axes, int[] margin, long[] sizes, Tensor influence, Tensor template)
    {
        (_axes, _margin, _sizes) = (axes, margin, sizes);
        _block = [1, .. sizes.Skip(1).Select(size => Math.Clamp(size / Blocks, Math.Min(size, SmallestBlock), LargestBlock))];
        _influence = influence.DetachFromDisposeScope();
        _template = template.DetachFromDisposeScope();
    }

    /// <summary>Prepares the fit; null where the template does not tell motion along all axes.</summary>
    /// <param name="template">float32, (z, y, x).</param>
    /// <param name="variance">Of its shape; null where all pixels count alike.</param>
    /// <param name="axes">Axes that images move along: 0 to 2.</param>
    /// <param name="margin">What is left out on each side along z, y and x.</param>
    public static GradientSystem? Create(Tensor template, Tensor? variance, int[] axes, int[] margin)
    {
        using var scope = NewDisposeScope();
        Tensor Inner(Tensor image)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                image = image.narrow(axis, margin[axis], image.shape[axis] - (2 * margin[axis]));
            }

            return image;
        }

        var inner = Inner(template);
        var offset = inner.mean();
        Tensor[] columns = [.. axes.Select(axis => Inner(Gradient(template, axis))), inner.sub(offset), ones_like(inner)];
        var images = LocalMean.TakenOff(stack(columns));
        var flat = images.reshape(columns.Length, -1);
        var weighted = flat;
        if (variance is not null)
        {
            var spread = Inner(variance);
            var floor = spread.mean().mul_(SmallestVariance).clamp_min_(1e-20);
            weighted = flat.div(spread.add(floor).reshape(1, -1));
        }

        var inverse = Inverse(weighted.matmul(flat.transpose(0, 1)).to(CPU).to_type(ScalarType.Float64));
        if (inverse is null)
        {
            return null;
        }

        var rows = tensor(inverse, [columns.Length, columns.Length], ScalarType.Float32, device: template.device).matmul(weighted)
            .narrow(0, 0, columns.Length - 1);
        var influence = LocalMean.TakenOff(rows.reshape([columns.Length - 1, .. inner.shape])).reshape(columns.Length - 1, -1).contiguous();
        return new GradientSystem(axes, margin, inner.shape, influence, inner.contiguous());
    }

    /// <summary>How an image that was moved already still lies from the template.</summary>
    /// <param name="image">float32, (z, y, x), of the template's shape.</param>
    public GradientFit Fit(Tensor image)
    {
        using var scope = NewDisposeScope();
        for (var axis = 0; axis < 3; axis++)
        {
            image = image.narrow(axis, _margin[axis], _sizes[axis]);
        }

        // The constant fits no offset of an image whose faces are cut off sharply: better to have none.
        var centred = image.sub(image.mean());
        var values = _influence.matmul(centred.reshape(-1)).to(CPU).data<float>().ToArray();
        var gain = (double)values[^1];
        var rest = centred.sub_(_template, alpha: gain);
        rest.sub_(rest.mean());
        var errors = Errors(rest);
        var (found, variance) = (new double[3], new double[3]);
        for (var i = 0; i < _axes.Length; i++)
        {
            (found[_axes[i]], variance[_axes[i]]) = (-values[i] / gain, errors[i] / (gain * gain));
        }

        return new GradientFit(new Displacement(found[0], found[1], found[2]), new Displacement(variance[0], variance[1], variance[2]), gain, Math.Sqrt(errors[^1]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _influence.Dispose();
        _template.Dispose();
    }

    // Squared standard errors of the fit's numbers, from how the residual's share in them scatters from block to block.
    private double[] Errors(Tensor rest)
    {
        var count = _influence.shape[0];
        var shares = _influence.mul(rest.reshape(1, -1)).reshape([count, .. _sizes]);
        var (rows, columns) = (_sizes[1] / _block[1], _sizes[2] / _block[2]);
        var sums = shares.narrow(2, 0, rows * _block[1]).narrow(3, 0, columns * _block[2])
            .reshape(count, _sizes[0], rows, _block[1], columns, _block[2]).sum([1, 3, 5]);
        return [.. sums.square().sum([1, 2]).to(CPU).data<float>().ToArray().Select(value => (double)value)];
    }

    private static Tensor Gradient(Tensor image, int axis)
    {
        var result = zeros_like(image);
        var size = image.shape[axis];
        result.narrow(axis, 1, size - 2).copy_(image.narrow(axis, 2, size - 2)).sub_(image.narrow(axis, 0, size - 2)).mul_(0.5);
        return result;
    }

    // Null where a direction has no curvature. Gauss–Jordan on a few rows.
    private static double[]? Inverse(Tensor matrix)
    {
        var n = (int)matrix.shape[0];
        var values = matrix.contiguous().data<double>().ToArray();
        var scale = Enumerable.Range(0, n).Select(i => Math.Sqrt(values[(i * n) + i])).ToArray();
        if (scale.Any(value => !(value > 0) || !double.IsFinite(value)))
        {
            return null;
        }

        var a = new double[n, 2 * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                a[i, j] = values[(i * n) + j] / scale[i] / scale[j];
            }

            a[i, n + i] = 1;
        }

        for (var i = 0; i < n; i++)
        {
            if (a[i, i] < SmallestCurvature)
            {
                return null;
            }

            var pivot = a[i, i];
            for (var j = 0; j < 2 * n; j++)
            {
                a[i, j] /= pivot;
            }

            for (var k = 0; k < n; k++)
            {
                var factor = a[k, i];
                for (var j = 0; k != i && j < 2 * n; j++)
                {
                    a[k, j] -= factor * a[i, j];
                }
            }
        }

        return [.. Enumerable.Range(0, n * n).Select(i => a[i / n, n + (i % n)] / scale[i / n] / scale[i % n])];
    }
}

/// <summary>What a fit tells.</summary>
/// <param name="Rest">How far the image still lies from the template, in px.</param>
/// <param name="Variance">Squares of the standard errors of that, in px².</param>
/// <param name="Gain">How strongly the template shows in the image: about 1 where it lies right, about 0 where it does not.</param>
/// <param name="GainError">Standard error of the gain.</param>
internal readonly record struct GradientFit(Displacement Rest, Displacement Variance, double Gain, double GainError);
