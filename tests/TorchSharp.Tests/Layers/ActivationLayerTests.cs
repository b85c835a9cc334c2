using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace InferenceBridge.TorchSharp.Tests.Layers;

/// <summary>Values of PyTorch 1.13 at six points, and by the formulas of the definitions.</summary>
[Collection(SeededTests.Name)]
public class ActivationLayerTests
{
    private static readonly double[] Points = [-4, -2, -0.5, 0.5, 2, 7];

    public static TheoryData<string, double[]> Known => new()
    {
        { "Hardswish", [0, -1 / 3.0, -0.20833333333333334, 0.2916666666666667, 5 / 3.0, 7] },
        { "ReLU6", [0, 0, 0, 0.5, 2, 6] },
        { "ReLU", [0, 0, 0, 0.5, 2, 7] },
        { "Hardsigmoid", [0, 1 / 6.0, 5 / 12.0, 7 / 12.0, 5 / 6.0, 1] },
        { "Mish", [-0.07259174079202535, -0.2525014826957089, -0.22074377465173, 0.3752452113048951, 1.9439589595339946, 6.999988379809741] },
        { "Softplus", [0.018149927917809738, 0.1269280110429725, 0.4740769841801067, 0.9740769841801067, 2.1269280110429727, 7.000911466453774] },
        { "GELU", [-0.00012668496733247991, -0.04550026389635842, -0.15426876936299344, 0.34573123063700656, 1.9544997361036416, 6.999999999991041] },
        { "SiLU", [-0.07194483984836623, -0.2384058440442351, -0.1887703343990727, 0.3112296656009273, 1.7615941559557646, 6.993622641639196] },
        { "LeakyReLU", [-0.04, -0.02, -0.005, 0.5, 2, 7] },
        { "ELU", [.. Points.Select(x => x > 0 ? x : Math.Exp(x) - 1)] },
        { "Sigmoid", [.. Points.Select(x => 1 / (1 + Math.Exp(-x)))] },
        { "Tanh", [.. Points.Select(Math.Tanh)] },
        { "Identity", Points },
        { "PReLU", [-1, -0.5, -0.125, 0.5, 2, 7] },
        { "Softmax", [.. Points.Select(x => Math.Exp(x) / Points.Sum(Math.Exp))] },
        { "LogSoftmax", [.. Points.Select(x => x - Math.Log(Points.Sum(Math.Exp)))] },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void Forward_KnownPoints_GiveKnownValues(string name, double[] expected)
    {
        using var scope = NewDisposeScope();
        using var layer = Make(name);
        var x = tensor(Points);

        Numbers.Equal(expected, layer.call(x).detach(), 1e-14);
        Numbers.Equal(Points, x);
    }

    [Fact]
    public void Forward_InPlace_ChangesTheInput()
    {
        using var scope = NewDisposeScope();
        foreach (var layer in new nn.Module<Tensor, Tensor>[]
        {
            ReLU(inplace: true), ReLU6(inplace: true), Hardswish(inplace: true), SiLU(inplace: true), LeakyReLU(inplace: true), Sigmoid(inplace: true),
        })
        {
            using (layer)
            {
                var x = tensor(Points);
                var y = layer.call(x);
                Assert.True(x.equal(y) && x[0].ToDouble() != Points[0], layer.GetName());
            }
        }
    }

    [Fact]
    public void PReLU_SlopeByChannel_MatchesPyTorch()
    {
        using var scope = NewDisposeScope();
        using var layer = PReLU(2, dtype: float64);
        using (no_grad())
        {
            layer.weight.copy_(tensor([0.25, 0.5]));
        }

        Numbers.Equal(
            [0, 0.9916648104524686, -0.0638852755067078, -0.4629073411638662, 0.49411335113860816, 0.7984871126234903],
            layer.call(Fixed.Ramp(1, 2, 3)).detach(),
            1e-14);
    }

    [Fact]
    public void KlDiv_Distributions_MatchesTheSum()
    {
        using var scope = NewDisposeScope();
        var (logits, target) = (tensor([0.2, 0.8]).log(), tensor([0.5, 0.5]));
        var expected = (0.5 * Math.Log(0.5 / 0.2)) + (0.5 * Math.Log(0.5 / 0.8));

        Assert.Equal(expected, functional.kl_div(logits, target, log_target: false, reduction: Reduction.Sum).ToDouble(), 1e-14);
        Assert.Equal(expected / 2, functional.kl_div(logits, target.log()).ToDouble(), 1e-14);
    }

    [Fact]
    public void Dropout_Evaluation_GivesTheInput()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var layer = Dropout(0.25);
        var x = ones(10000);

        var y = layer.call(x);
        layer.eval();

        Assert.InRange((y == 0).sum().ToInt64(), 2300, 2700);
        Assert.True(layer.call(x).equal(x));
        Assert.Throws<ArgumentException>(() => Dropout(1.5));
    }

    private static nn.Module<Tensor, Tensor> Make(string name) => name switch
    {
        "Hardswish" => Hardswish(),
        "ReLU6" => ReLU6(),
        "ReLU" => ReLU(),
        "Hardsigmoid" => Hardsigmoid(),
        "Mish" => Mish(),
        "Softplus" => Softplus(),
        "GELU" => GELU(),
        "SiLU" => SiLU(),
        "LeakyReLU" => LeakyReLU(),
        "ELU" => ELU(),
        "Sigmoid" => Sigmoid(),
        "Tanh" => Tanh(),
        "Identity" => Identity(),
        "PReLU" => PReLU(1, dtype: float64),
        "Softmax" => Softmax(0),
        "LogSoftmax" => LogSoftmax(0),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
