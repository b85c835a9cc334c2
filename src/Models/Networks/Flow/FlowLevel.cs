using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// One level of the pyramid: it moves the frame's features by the field so far, compares them with the template's, solves for the field in which they
/// agree as well as their noise allows (Lucas–Kanade's equations with learned weights and the prior), and lets a small network add what remains.
/// </summary>
internal sealed class FlowLevel : nn.Module
{
    // Of a cell's pixels, and of squared features: keep divisions finite.
    private const double LeastShare = 0.01;
    private const double LeastVariance = 1e-3;
    private const double LeastResidual = 2e-4;

    private readonly int _step;
    private readonly int _cell;
    private readonly FlowOptions _options;
    private readonly Parameter gain;
    private readonly Parameter weight;
    private readonly Parameter own;
    private readonly Conv2d refine1;
    private readonly Conv2d refine2;
    private readonly Conv2d refine3;
    private readonly Conv2d refine4;

    /// <param name="level">0 for the image's own resolution.</param>
    /// <param name="options">Sizes.</param>
    public FlowLevel(int level, FlowOptions options)
        : base(nameof(FlowLevel))
    {
        (_options, _step) = (options, 1 << level);
        _cell = FlowNetwork.Cell / _step;
        var features = options.Features[level];
        gain = nn.Parameter(full([options.Solves], (float)Math.Log(0.3)));
        weight = nn.Parameter(zeros(features));
        own = nn.Parameter(full([features], -1f));
        var width = options.RefinerWidth;
        refine1 = nn.Conv2d(10 + features + options.Carried, width, 3, padding: 1);
        refine2 = nn.Conv2d(width, width, 3, padding: 2, dilation: 2);
        refine3 = nn.Conv2d(width, width, 3, padding: 4, dilation: 4);
        refine4 = nn.Conv2d(width, 2 + options.Carried, 3, padding: 1);
        RegisterComponents();

        // To begin with, the solved field is the result.
        nn.init.zeros_(refine4.weight!);
        nn.init.zeros_(refine4.bias!);
    }

    /// <summary>What can be computed from the template alone.</summary>
    /// <param name="features">(N, C, y, x).</param>
    /// <param name="weights">How much each pixel of each feature counts.</param>
    public FlowTemplate Prepare(Tensor features, Tensor weights)
    {
        var (y, x) = Gradients(features);
        var (weightedY, weightedX) = (weights.mul(y), weights.mul(x));
        Tensor Sum(Tensor values) => Pool(values).mul(_cell * _cell);
        return new FlowTemplate(features, weightedY, weightedX, Sum(weightedY.mul(y)), Sum(weightedY.mul(x)), Sum(weightedX.mul(x)));
    }

    /// <summary>Improves a field.</summary>
    /// <param name="template">The template.</param>
    /// <param name="frame">The frame's features, (N, C, y, x).</param>
    /// <param name="state">From the level before.</param>
    /// <param name="prior">What fields are like.</param>
    /// <param name="bounds">What of the frame is the camera's, in px of the image.</param>
    public FlowState Improve(FlowTemplate template, Tensor frame, FlowState state, FlowPrior prior, FlowBounds bounds)
    {
        using var scope = NewDisposeScope();
        var (field, modes, before) = (state.Field, prior.Extend(state.Modes), state.Field);
        Compared compared = default;
        for (var i = 0; i < _options.Solves; i++)
        {
            compared = Compare(template, frame, field, i, bounds);
            modes = compared.Equations.ToDouble().Solve(prior, field.to_type(ScalarType.Float64), modes, _options.Rounds);
            (before, field) = (field, prior.Apply(modes).to_type(field.dtype));
        }

        var (added, carried) = Refine(field, before, compared, state.Carried);
        return new FlowState(
            field.add(added).MoveToOuterDisposeScope(), field.MoveToOuterDisposeScope(), carried.MoveToOuterDisposeScope(), modes.MoveToOuterDisposeScope());
    }

    private Compared Compare(FlowTemplate template, Tensor frame, Tensor field, int solve, FlowBounds bounds)
    {
        using var scope = NewDisposeScope();
        var (rows, columns) = (frame.shape[2], frame.shape[3]);
        var displacement = (_cell > 1
            ? nn.functional.interpolate(field, [rows, columns], mode: InterpolationMode.Bicubic, align_corners: false)
            : field).div(_step);
        var inside = FeatureWarp.Inside(displacement, bounds.At(_step));
        var residual = FeatureWarp.Sample(frame, displacement).sub(template.Features).mul(inside);
        var share = Pool(inside);
        var error = Pool(residual.square()).div(share.add(LeastShare));
        var around = nn.functional.avg_pool2d(EdgeConvolution.Extend(error, 2), 5, stride: 1);
        var noise = around.add(nn.functional.softplus(own).reshape(1, -1, 1, 1).mul(error)).add(LeastResidual);
        var precision = share.mul(weight.exp().reshape(1, -1, 1, 1)).mul(gain[solve].exp()).div(noise);
        Tensor Matrix(Tensor products) => precision.mul(products).sum(1L).div(_step * _step);
        Tensor Side(Tensor gradients) => precision.mul(Pool(gradients.mul(residual))).sum(1L);
        var right = stack([Side(template.WeightedY), Side(template.WeightedX)], 1).mul(-(double)(_cell * _cell) / _step);
        var equations = new NormalEquations(
            Matrix(template.Yy).MoveToOuterDisposeScope(), Matrix(template.Yx).MoveToOuterDisposeScope(), Matrix(template.Xx).MoveToOuterDisposeScope(),
            right.MoveToOuterDisposeScope());
        return new Compared(equations, around.MoveToOuterDisposeScope(), share.MoveToOuterDisposeScope());
    }

    private (Tensor Added, Tensor Carried) Refine(Tensor field, Tensor before, Compared compared, Tensor carried)
    {
        var (yy, yx, xx) = (compared.Equations.Yy.unsqueeze(1), compared.Equations.Yx.unsqueeze(1), compared.Equations.Xx.unsqueeze(1));
        var x = cat(
        [
            field, field.sub(before), yy.log1p(), xx.log1p(), yx.div(yy.mul(xx).add(1e-6).sqrt()), compared.Equations.Right.div(yy.add(xx).add(1)).tanh(),
            compared.Around.add(LeastVariance).log(), compared.Share, carried,
        ], 1);
        x = FlowEncoder.Rectify(refine1.call(x));
        x = FlowEncoder.Rectify(refine2.call(x)).add(x);
        x = FlowEncoder.Rectify(refine3.call(x)).add(x);
        x = refine4.call(x);
        return (x.narrow(1, 0, 2), x.narrow(1, 2, _options.Carried).tanh());
    }

    private Tensor Pool(Tensor values) => _cell > 1 ? nn.functional.avg_pool2d(values, _cell) : values;

    private static (Tensor Y, Tensor X) Gradients(Tensor features)
    {
        var (rows, columns) = (features.shape[2], features.shape[3]);
        var extended = EdgeConvolution.Extend(features, 1);
        Tensor At(int top, int left) => extended.narrow(2, top, rows).narrow(3, left, columns);
        return (At(2, 1).sub(At(0, 1)).div(2), At(1, 2).sub(At(1, 0)).div(2));
    }

    /// <param name="Equations">The equations of each cell.</param>
    /// <param name="Around">Squared difference of each feature around each cell.</param>
    /// <param name="Share">Part of each cell that the frame shows.</param>
    private readonly record struct Compared(NormalEquations Equations, Tensor Around, Tensor Share);
}
