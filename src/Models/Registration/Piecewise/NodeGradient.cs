using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// How an image that was moved already still lies from the template at each node: the least-squares fit, around the node, by the template's
/// gradients, the template and a constant, so that neither gain nor background of a place look like motion (Lucas and Kanade 1981).
/// </summary>
internal sealed class NodeGradient : IDisposable
{
    // Of the mean, below which variances of pixels count no less.
    private const double SmallestVariance = 0.5;

    // Of the mean over all nodes: residuals below are not believed.
    private const double SmallestResidual = 0.2;

    private readonly NodeGrid _grid;
    private readonly Tensor _factors;
    private readonly Tensor _template;
    private readonly double[][] _products;
    private readonly double[] _pixels;

    /// <param name="grid">Nodes; stays the caller's.</param>
    /// <param name="template">float32, (y, x).</param>
    /// <param name="variance">Of its shape; null where all pixels count alike.</param>
    public NodeGradient(NodeGrid grid, Tensor template, Tensor? variance)
    {
        using var scope = NewDisposeScope();
        _grid = grid;
        _template = template.sub(template.mean());
        var columns = stack([Gradient(_template, 0), Gradient(_template, 1), _template, ones_like(_template)]);
        _factors = columns;
        if (variance is not null)
        {
            var spread = variance.mean().clamp_min_(1e-20);
            _factors = columns.mul(variance.add(spread.mul(SmallestVariance)).reciprocal_().mul_(spread));
        }

        _pixels = grid.Sums(ones_like(_template).unsqueeze(0))[0];
        Tensor Product(int a, int b) => _factors[a].mul(columns[b]);
        _products = grid.Sums(stack([
            Product(0, 0), Product(0, 1), Product(1, 1), Product(0, 2), Product(1, 2), Product(0, 3), Product(1, 3), Product(2, 2), Product(2, 3), Product(3, 3),
        ]));
        _factors = _factors.contiguous().DetachFromDisposeScope();
        _template = _template.DetachFromDisposeScope();
    }

    /// <summary>Fits an image.</summary>
    /// <param name="image">float32, (y, x).</param>
    /// <param name="field">By what it was moved, float32, (2, y, x): what came from beyond its faces counts for nothing.</param>
    /// <returns>
    /// How well displacements are known, what is left by that (curvature × rest), in px⁻² and px⁻¹, and how strongly the template shows.
    /// </returns>
    public NodeFit Fit(Tensor image, Tensor field)
    {
        using var scope = NewDisposeScope();
        var mean = image.mean();
        if (image.device_type == DeviceType.CPU)
        {
            return Solve(NodeProducts.Sums(_grid, image.contiguous(), _template, _factors, mean.item<float>(), field));
        }

        var seen = FieldWarp.Outside(field).logical_not().to_type(ScalarType.Float32);
        var rest = image.sub(mean).sub_(_template).mul_(seen);
        var products = _factors.mul(rest);
        return Solve(_grid.Sums(cat([products, products[3].mul(rest).unsqueeze(0), seen.unsqueeze(0)])));
    }

    public void Dispose()
    {
        _factors.Dispose();
        _template.Dispose();
    }

    private static Tensor Gradient(Tensor image, int axis)
    {
        var result = zeros_like(image);
        var size = image.shape[axis];
        result.narrow(axis, 1, size - 2).copy_(image.narrow(axis, 2, size - 2)).sub_(image.narrow(axis, 0, size - 2)).mul_(0.5);
        return result;
    }

    private NodeFit Solve(double[][] sums)
    {
        var n = sums[0].Length;
        var fit = new NodeFit(new NodeCurvature(new double[n], new double[n], new double[n]), new NodeField(_grid.Y.Count, _grid.X.Count), new double[n]);
        var residual = new double[n];
        for (var i = 0; i < n; i++)
        {
            // Gain and constant are fitted first, and what they explain is taken off all others.
            var (tt, t1, oneOne) = (_products[7][i], _products[8][i], _products[9][i]);
            var determinant = (tt * oneOne) - (t1 * t1);
            var isFlat = !(determinant > 1e-9 * tt * oneOne);
            (double, double) Fitted(double byTemplate, double byOne) => isFlat
                ? (0, oneOne > 0 ? byOne / oneOne : 0)
                : (((oneOne * byTemplate) - (t1 * byOne)) / determinant, ((tt * byOne) - (t1 * byTemplate)) / determinant);
            var (gain, offset) = Fitted(sums[2][i], sums[3][i]);
            var (gainY, offsetY) = Fitted(_products[3][i], _products[5][i]);
            var (gainX, offsetX) = Fitted(_products[4][i], _products[6][i]);
            fit.Curvature.YY[i] = _products[0][i] - (gainY * _products[3][i]) - (offsetY * _products[5][i]);
            fit.Curvature.YX[i] = _products[1][i] - (gainX * _products[3][i]) - (offsetX * _products[5][i]);
            fit.Curvature.XX[i] = _products[2][i] - (gainX * _products[4][i]) - (offsetX * _products[6][i]);
            fit.Rest.Y[i] = -(sums[0][i] - (gainY * sums[2][i]) - (offsetY * sums[3][i]));
            fit.Rest.X[i] = -(sums[1][i] - (gainX * sums[2][i]) - (offsetX * sums[3][i]));
            fit.Gain[i] = 1 + gain;
            var seen = sums[5][i] / _pixels[i];
            fit.Curvature.YY[i] *= seen;
            fit.Curvature.YX[i] *= seen;
            fit.Curvature.XX[i] *= seen;
            residual[i] = oneOne > 0 ? Math.Max(0, sums[4][i] - (gain * sums[2][i]) - (offset * sums[3][i])) / oneOne : 0;
        }

        var floor = (SmallestResidual * residual.Average()) + 1e-30;
        for (var i = 0; i < n; i++)
        {
            var noise = residual[i] + floor;
            fit.Curvature.YY[i] = Math.Max(0, fit.Curvature.YY[i]) / noise;
            fit.Curvature.YX[i] /= noise;
            fit.Curvature.XX[i] = Math.Max(0, fit.Curvature.XX[i]) / noise;
            fit.Rest.Y[i] /= noise;
            fit.Rest.X[i] /= noise;
        }

        return fit;
    }
}

/// <summary>What a fit at nodes tells.</summary>
/// <param name="Curvature">How well displacements are known.</param>
/// <param name="Rest">Curvature times what is left.</param>
/// <param name="Gain">How strongly the template shows at each node: 1 as in the template.</param>
internal sealed record NodeFit(NodeCurvature Curvature, NodeField Rest, double[] Gain)
{
    /// <summary>Curvature times where the nodes lie by the fit, in px⁻¹.</summary>
    /// <param name="at">Where they were when it was made.</param>
    public NodeField Right(NodeField at)
    {
        var right = new NodeField(at.Rows, at.Columns);
        for (var i = 0; i < at.Count; i++)
        {
            right.Y[i] = Rest.Y[i] + (Curvature.YY[i] * at.Y[i]) + (Curvature.YX[i] * at.X[i]);
            right.X[i] = Rest.X[i] + (Curvature.YX[i] * at.Y[i]) + (Curvature.XX[i] * at.X[i]);
        }

        return right;
    }

    /// <summary>The same, at a solution.</summary>
    /// <param name="right"><see cref="Right"/>.</param>
    /// <param name="found">The solution.</param>
    public NodeFit At(NodeField right, NodeField found)
    {
        var rest = new NodeField(found.Rows, found.Columns);
        for (var i = 0; i < found.Count; i++)
        {
            rest.Y[i] = right.Y[i] - (Curvature.YY[i] * found.Y[i]) - (Curvature.YX[i] * found.X[i]);
            rest.X[i] = right.X[i] - (Curvature.YX[i] * found.Y[i]) - (Curvature.XX[i] * found.X[i]);
        }

        return this with { Rest = rest };
    }
}
