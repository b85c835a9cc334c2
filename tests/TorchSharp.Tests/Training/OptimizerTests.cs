using InferenceBridge.TorchSharp.Tests.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests.Training;

/// <summary>Five steps on (step) Σ a² + Σ b³, beside what PyTorch 1.13 came to.</summary>
public class OptimizerTests
{
    private const double Tolerance = 1e-13;

    [Fact]
    public void AdamW_FiveSteps_MatchesPyTorch() => Comes(
        (a, b) => optim.AdamW([a, b], lr: 0.05, beta1: 0.8, beta2: 0.95, weight_decay: 0.1),
        [0.0, 0.7202586493377996, -0.0032333045846880057, -0.6559464824916644, 0.23388413317576112, 0.531554220234295],
        [0.2539933367869018, 1.2107373853217072, 0.02919514365980746, -0.6656850201488441]);

    [Fact]
    public void AdamW_StepWithoutAGradient_CountsByParameter() => Comes(
        (a, b) => optim.AdamW([a, b], lr: 0.05, weight_decay: 0.1),
        [0.0, 0.7248893638530349, -0.004239937148258502, -0.6605287268127888, 0.23770903984681502, 0.536015539299654],
        [0.29700912574718735, 1.2647959418128831, 0.05805947053146316, -0.6160148354097246],
        leaveOut: 1);

    [Fact]
    public void AdamW_AmsgradMaximize_MatchesPyTorch() => Comes(
        (a, b) => optim.AdamW([a, b], lr: 0.05, weight_decay: 0.1, amsgrad: true, maximize: true),
        [0.0, 1.2056354032462189, -0.48351955665347934, -1.1412947998329226, 0.7187766759279803, 1.0168333607497213],
        [0.7359055924939326, 1.703121490736748, 0.48363903359940313, -0.18144465912730334]);

    [Fact]
    public void AdamW_Groups_HaveTheirOptions() => Comes(
        (a, b) => optim.AdamW(
            [
                new AdamW.ParamGroup([a], new AdamW.Options { LearningRate = 0.1 }),
                new AdamW.ParamGroup([b], new AdamW.Options { weight_decay = 0 }),
            ],
            lr: 0.05,
            weight_decay: 0.1),
        [0.0, 0.4592730953339019, 0.0833820070217577, -0.3961616207094918, -0.013879012943487617, 0.2740208921501103],
        [0.259981304854498, 1.2436993370444724, 0.025374664015523254, -0.6761011652675547]);

    [Fact]
    public void Adam_WeightDecay_MatchesPyTorch() => Comes(
        (a, b) => optim.Adam([a, b], lr: 0.05, weight_decay: 0.1),
        [0.0, 0.7467488328893732, -0.007764346345211504, -0.6807592084539943, 0.24726475874009907, 0.5530966515354937],
        [0.2594916775931969, 1.2436704212022864, 0.02277925357678632, -0.6759763389402554]);

    [Fact]
    public void Sgd_Nesterov_MatchesPyTorch() => Comes(
        (a, b) => optim.SGD([a, b], 0.01, momentum: 0.9, weight_decay: 0.1, nesterov: true),
        [0.0, 0.29700932632589666, -0.07653603290302924, -0.27728683341634386, 0.14798979655570163, 0.23915149242010988],
        [0.3805991682570663, 0.6577338596134411, 0.21224008352190954, -0.5194495887677553]);

    [Fact]
    public void Sgd_Dampening_MatchesPyTorch() => Comes(
        (a, b) => optim.SGD([a, b], 0.01, momentum: 0.9, dampening: 0.3),
        [0.0, 0.5702473788612722, -0.1469464703054581, -0.5323808915512341, 0.2841351637944967, 0.45916238856987796],
        [0.4257995926795693, 0.8923784893364828, 0.22624314617485777, -0.4852775848670117]);

    [Fact]
    public void Sgd_Plain_GoesDownTheGradient()
    {
        using var scope = NewDisposeScope();
        using var p = nn.Parameter(tensor([2.0]));
        using var optimizer = optim.SGD([p], 0.25);

        var loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            var value = p * p;
            value.backward();
            return value;
        });

        Assert.Equal(4, loss!.ToDouble());
        Numbers.Equal([1], p.detach());
    }

    [Fact]
    public void Constructor_BadOptions_AreRefused()
    {
        using var p = nn.Parameter(ones(1));

        Assert.Throws<ArgumentException>(() => optim.AdamW([p], lr: -1));
        Assert.Throws<ArgumentException>(() => optim.AdamW([p], beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.SGD([p], 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.AdamW([p, p]));
    }

    [Fact]
    public void ZeroGrad_SetToNoneOrNot_ClearsGradients()
    {
        using var scope = NewDisposeScope();
        using var p = nn.Parameter(tensor([2.0]));
        using var optimizer = optim.AdamW([p]);
        (p * 3).backward();

        optimizer.zero_grad(set_to_none: false);
        Numbers.Equal([0], p.grad!);
        optimizer.zero_grad();
        Assert.Null(p.grad);
    }

    private static void Comes(
        Func<Parameter, Parameter, optim.Optimizer> make, double[] expectedA, double[] expectedB, int leaveOut = -1)
    {
        using var scope = NewDisposeScope();
        using var a = nn.Parameter(Fixed.Ramp(2, 3));
        using var b = nn.Parameter(Fixed.Ramp(4) + 0.5);
        using var optimizer = make(a, b);
        for (var step = 0; step < 5; step++)
        {
            optimizer.zero_grad();
            var loss = a.square().sum() * (step + 1);
            (step == leaveOut ? loss : loss + b.pow(3).sum()).backward();
            optimizer.step();
        }

        Numbers.Equal(expectedA, a.detach(), Tolerance);
        Numbers.Equal(expectedB, b.detach(), Tolerance);
    }
}
