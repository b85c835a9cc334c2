using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

public sealed class FlowLossTests
{
    private const int Height = 20;
    private const int Width = 24;

    [Fact]
    public void EndPoint_TwoLevels_IsTheDistanceWithLessOfTheCoarser()
    {
        using var scope = NewDisposeScope();
        var estimate = Of(zeros(1, 1, Height, Width), zeros(1, 1, Height, Width), Constant(0, 1), Constant(3, 4)) with { Target = Constant(0, 0) };
        double Charbonnier(double distance) => Math.Sqrt((distance * distance) + (EndPointLoss.Epsilon * EndPointLoss.Epsilon));

        // Each level's field before and behind its refiner is the same here.
        Assert.Equal(1.5 * (Charbonnier(5) + (0.7 * Charbonnier(1))), new EndPointLoss().Compute(estimate).item<float>(), 1e-5);
    }

    [Fact]
    public void EndPoint_WhatTheFrameDoesNotShow_CountsHalf()
    {
        using var scope = NewDisposeScope();
        var weight = ones(1, 1, Height, Width);
        var flow = Constant(2, 0).clone();
        weight.narrow(3, 0, 6).fill_(0);
        flow.narrow(3, 0, 6).select(1, 0).fill_(8);
        var estimate = Of(zeros(1, 1, Height, Width), zeros(1, 1, Height, Width), flow) with { Target = Constant(0, 0), Weight = weight };
        var expected = ((0.5 * 6 * 8) + (18 * 2)) / ((0.5 * 6) + 18);
        Assert.Equal(1.5 * expected, new EndPointLoss().Compute(estimate).item<float>(), 1e-3);
    }

    [Fact]
    public void EndPoint_TrueDisplacements_IsLeastWithFiniteGradients()
    {
        using var scope = NewDisposeScope();
        var flow = Constant(1, -2).clone();
        flow.requires_grad = true;
        var loss = new EndPointLoss().Compute(Of(zeros(1, 1, Height, Width), zeros(1, 1, Height, Width), flow) with { Target = Constant(1, -2) });
        loss.backward();
        Assert.Equal(1.5 * EndPointLoss.Epsilon, loss.item<float>(), 1e-7);
        Assert.True(flow.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void WarpedSquared_FrameOfAnotherGainAndOffset_IsZeroForItsOwnMotion()
    {
        using var scope = NewDisposeScope();
        var (template, frame) = Shifted(2, -3);
        var loss = new WarpedSquaredLoss();
        Assert.Equal(0, loss.Compute(Of(template, frame.mul(3).add(7), Constant(2, -3))).item<float>(), 1e-4);
        Assert.True(loss.Compute(Of(template, frame.mul(3).add(7), Constant(0, 0))).item<float>() > 0.5);
    }

    [Fact]
    public void WarpedSquared_WithoutMotion_IsTwiceTheMissingCorrelation()
    {
        // For standardised images the mean squared difference is 2 (1 − Pearson's correlation).
        using var scope = NewDisposeScope();
        var (a, b) = (Noise(3), Noise(4).add(Noise(3)));
        var (centredA, centredB) = (a.sub(a.mean()), b.sub(b.mean()));
        var correlation = centredA.mul(centredB).sum().div(centredA.square().sum().mul(centredB.square().sum()).sqrt()).item<float>();
        Assert.Equal(2 * (1 - correlation), new WarpedSquaredLoss().Compute(Of(a, b, Constant(0, 0))).item<float>(), 1e-4);
    }

    [Fact]
    public void WarpedCorrelation_WithoutMotion_IsTheMeanOfTheWindowsOwn()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Noise(5), Noise(6).add(Noise(5)));
        var (valuesA, valuesB) = (a.data<float>().ToArray(), b.data<float>().ToArray());
        const int window = WarpedCorrelationLoss.Window;
        var sum = 0.0;
        for (var row = 0; row + window <= Height; row++)
        {
            for (var column = 0; column + window <= Width; column++)
            {
                var at = Enumerable.Range(0, window * window).Select(i => ((row + (i / window)) * Width) + column + (i % window)).ToArray();
                sum += Pearson([.. at.Select(i => (double)valuesA[i])], [.. at.Select(i => (double)valuesB[i])]);
            }
        }

        var mean = sum / ((Height - window + 1) * (Width - window + 1));
        Assert.Equal(1 - mean, new WarpedCorrelationLoss().Compute(Of(a, b, Constant(0, 0))).item<float>(), 1e-3);
    }

    [Fact]
    public void WarpedCorrelation_WhatLeftTheFrame_DoesNotCount()
    {
        using var scope = NewDisposeScope();
        var (template, frame) = Shifted(0, 6);
        Assert.Equal(0, new WarpedCorrelationLoss().Compute(Of(template, frame, Constant(0, 6))).item<float>(), 2e-3);
    }

    [Fact]
    public void WarpedCorrelation_ConstantImages_IsFinite()
    {
        using var scope = NewDisposeScope();
        var flow = Constant(0.5, 0.5).clone();
        flow.requires_grad = true;
        var loss = new WarpedCorrelationLoss().Compute(Of(full([1, 1, Height, Width], 3f), full([1, 1, Height, Width], 3f), flow));
        loss.backward();
        Assert.True(double.IsFinite(loss.item<float>()) && flow.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void Smoothness_Field_IsItsBendingEnergy()
    {
        // y: 0.1 row² + 0.3 row column; x: linear. Second differences: 0.2 along rows, 0.3 across, 0 else.
        using var scope = NewDisposeScope();
        var (rows, columns) = (arange(0f, Height, 1f).reshape(Height, 1), arange(0f, Width, 1f).reshape(1, Width));
        var y = rows.square().mul(0.1).add(rows.mul(columns).mul(0.3));
        var x = rows.mul(2).add(columns.mul(-3)).add(5);
        var loss = new SmoothnessLoss().Compute(Of(zeros(1, 1, Height, Width), zeros(1, 1, Height, Width), stack([y, x], 0).unsqueeze(0)));
        Assert.Equal((0.2 * 0.2) + (2 * 0.3 * 0.3), loss.item<float>(), 1e-4);
    }

    [Theory]
    [InlineData("epe+")]
    [InlineData("psnr")]
    [InlineData("-1*epe")]
    public void Parse_NotASum_NamesTheTerms(string text)
    {
        var fault = Assert.Throws<InferenceException>(() => FlowLossExpression.Parse("self-loss", text));
        Assert.Equal(("self-loss", InferenceError.ParameterOutOfRange), (fault.Field, fault.Error));
        Assert.Contains("epe, mse, lncc and smooth", fault.Message, StringComparison.Ordinal);
    }

    private static FlowEstimate Of(Tensor template, Tensor frame, params Tensor[] flows) =>
        new(template, frame, [.. flows.Select(flow => new FlowFields(flow, flow))], zeros(1, 0, Height, Width), null);

    private static Tensor Constant(double y, double x) => tensor(new[] { (float)y, (float)x }).reshape(1, 2, 1, 1).expand(1, 2, Height, Width).contiguous();

    private static Tensor Noise(int seed)
    {
        var random = new Random(seed);
        return tensor([.. Enumerable.Range(0, Height * Width).Select(_ => (float)(random.NextDouble() - 0.5))], [1, 1, Height, Width]);
    }

    // Of one large image: the template's content lies farther by so much in the frame.
    private static (Tensor Template, Tensor Frame) Shifted(int y, int x)
    {
        const int margin = 8;
        var random = new Random(9);
        var large = tensor([.. Enumerable.Range(0, (Height + (2 * margin)) * (Width + (2 * margin))).Select(_ => (float)random.NextDouble())],
            [1, 1, Height + (2 * margin), Width + (2 * margin)]);
        Tensor Cut(int top, int left) => large.narrow(2, top, Height).narrow(3, left, Width).contiguous();
        return (Cut(margin, margin), Cut(margin - y, margin - x));
    }

    private static double Pearson(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return covariance / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}
