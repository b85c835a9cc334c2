using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace InferenceBridge.TorchSharp.Tests.Layers;

/// <summary>Numbers that PyTorch 1.13 drew from seed 0.</summary>
[Collection(SeededTests.Name)]
public class InitTests
{
    private const double Single = 1e-7;

    [Fact]
    public void Layers_Seeded_StartAsInPyTorch()
    {
        Starts(() => Conv2d(2, 4, 3), [-0.00176466047, 0.126440972, -0.193993598], [0.0926333219, 0.195290968]);
        Starts(() => Conv1d(2, 3, 2), [-0.00374341011, 0.268221796, -0.411522567], [-0.477674246, -0.331141055]);
        Starts(() => Conv3d(1, 2, 2), [-0.00264699059, 0.189661443, -0.290990382], [0.139772102, 0.212140083]);
        Starts(() => ConvTranspose2d(4, 2, 3, groups: 2), [-0.0024956069, 0.17881453, -0.274348378], [-0.194580168, 0.2865327]);
        Starts(() => Linear(3, 2), [-0.00432251766, 0.309715837, -0.475185335], [-0.0114391446, 0.457774937]);
    }

    [Fact]
    public void Fill_Seeded_MatchesPyTorch()
    {
        using var scope = NewDisposeScope();

        Draws(t => init.kaiming_normal_(t, nonlinearity: init.NonlinearityType.ReLU), [1.0896488, -0.207485569, -1.54063675, 0.401941611]);
        Draws(t => init.xavier_uniform_(t, gain: 2), [1.74073807, 0.76961523, -0.150416351, 1.55814665]);
        Draws(t => init.trunc_normal_(t, mean: 0.5, std: 2, a: -1, b: 2), [1.89336515, 1.07755688, 0.388612128, 1.72587893]);
    }

    [Fact]
    public void TruncNormal_Many_StayWithinAndHaveTheMean()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var values = init.trunc_normal_(empty([20000], float64), std: 2, a: -2, b: 2);

        Assert.InRange(values.abs().max().ToDouble(), 1.99, 2);
        Assert.InRange(values.mean().ToDouble(), -0.03, 0.03);
        // Variance of a normal distribution cut off at one standard deviation: 1 - 2 φ(1) / (2 Φ(1) - 1).
        Assert.Equal(4 * (1 - (2 * 0.24197072451914337 / 0.6826894921370859)), values.var().ToDouble(), 0.03);
    }

    [Fact]
    public void Constants_Parameter_IsFilledWithoutGradient()
    {
        using var layer = Linear(2, 2);

        init.ones_(layer.weight);
        init.zeros_(layer.bias!);

        Numbers.Equal([1, 1, 1, 1], layer.weight.detach());
        Numbers.Equal([0, 0], layer.bias!.detach());
        Assert.True(layer.weight.is_leaf && layer.weight.requires_grad);
        Assert.Throws<ArgumentException>(() => init.kaiming_normal_(layer.bias!));
    }

    [Fact]
    public void Generator_Given_LeavesTheDefaultOneAlone()
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        var expected = rand(3);
        manual_seed(0);
        using var own = new Generator(7);

        init.uniform_(empty(5), generator: own);

        Assert.True(expected.equal(rand(3)));
    }

    private static void Starts(Func<nn.Module> make, double[] weight, double[] bias)
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        using var layer = make();

        Fixed.First(weight, layer.get_parameter("weight")!, Single);
        Fixed.First(bias, layer.get_parameter("bias")!, Single);
    }

    private static void Draws(Action<Tensor> fill, double[] expected)
    {
        manual_seed(0);
        var values = empty([3, 4], float64);
        fill(values);
        Fixed.First(expected, values, 1e-8);
    }
}
