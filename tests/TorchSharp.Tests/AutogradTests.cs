using System.Runtime.InteropServices;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace InferenceBridge.TorchSharp.Tests;

public class AutogradTests
{
    [Fact]
    public void Backward_Polynomial_MatchesTheDerivative()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, -2.0, 3.0], requires_grad: true);

        (x.pow(3) + 2 * x).sum().backward();

        Numbers.Equal([5, 14, 29], x.grad!);
    }

    [Fact]
    public void Backward_Twice_AddsUp()
    {
        using var scope = NewDisposeScope();
        var x = tensor([2.0], requires_grad: true);

        (x * x).sum().backward();
        (x * x).sum().backward();

        Numbers.Equal([8], x.grad!);
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Backward_ConvolutionNetwork_MatchesFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.RandomTensor(1, 1, 2, 6, 6);
        var w = Numbers.RandomTensor(2, 3, 2, 3, 3).requires_grad_();

        Loss(w).backward();
        var gradient = w.grad!.data<double>().ToArray();

        using (no_grad())
        {
            var data = w.data<double>();
            foreach (var i in (int[])[0, 10, 25, 53])
            {
                const double Step = 1e-6;
                var value = data[i];
                data[i] = value + Step;
                var up = Loss(w).ToDouble();
                data[i] = value - Step;
                var down = Loss(w).ToDouble();
                data[i] = value;
                Assert.Equal((up - down) / (2 * Step), gradient[i], 6);
            }
        }

        Tensor Loss(Tensor weight) => F.avg_pool2d(F.silu(F.conv2d(x, weight, padding: [1, 1])), [2, 2]).square().mean();
    }

    [Fact]
    public void Grad_SecondDerivative_ThroughCreateGraph()
    {
        using var scope = NewDisposeScope();
        var x = tensor(2.0, requires_grad: true);

        var first = autograd.grad([x.pow(4)], [x], create_graph: true)[0];
        var second = autograd.grad([first], [x])[0];

        Assert.Equal(32, first.ToDouble());
        Assert.Equal(48, second.ToDouble());
        Assert.Null(x.grad);
    }

    [Fact]
    public void Grad_GivenOutputGradient_Weights()
    {
        using var scope = NewDisposeScope();
        var x = tensor([1.0, 2.0], requires_grad: true);

        Numbers.Equal([20, 400], autograd.grad([x * x], [x], [tensor([10.0, 100.0])])[0]);
    }

    [Fact]
    public void Backward_VectorWithoutGradient_SaysThatItNeedsAScalar()
    {
        using var x = tensor([1.0, 2.0], requires_grad: true);
        using var y = x * 2;

        var error = Assert.Throws<ExternalException>(() => y.backward());

        Assert.Contains("scalar outputs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoGrad_Scope_RecordsNothingAndEnds()
    {
        using var x = tensor([1.0], requires_grad: true);
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }
        }

        Assert.True(is_grad_enabled());
        Assert.True((x * 2).requires_grad);
        Assert.False(x.detach().requires_grad);
        Assert.True(x.is_leaf);
    }

    [Fact]
    public void InferenceMode_Scope_RecordsNothingAndEnds()
    {
        using var x = tensor([1.0], requires_grad: true);
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }

        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void RequiresGrad_Integers_Throws()
    {
        using var x = tensor([1]);

        Assert.Throws<ExternalException>(() => x.requires_grad = true);
    }
}
