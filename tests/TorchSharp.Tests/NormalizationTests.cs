using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace InferenceBridge.TorchSharp.Tests;

[Collection(SeededTests.Name)]
public class NormalizationTests
{
    [Fact]
    public void GroupLayerInstanceBatch_Norm_HaveMeanZeroAndVarianceOne()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.RandomTensor(1, 3, 4, 6, 5) * 3 + 2;

        Standard(F.group_norm(x, 2, eps: 0).reshape(3, 2, -1), [2]);
        Standard(F.layer_norm(x, [6, 5], eps: 0), [2, 3]);
        Standard(F.instance_norm(x, eps: 0), [2, 3]);
        Standard(F.batch_norm(x, null, null, training: true, eps: 0), [0, 2, 3]);
    }

    [Fact]
    public void BatchNorm_Evaluation_UsesRunningStatistics()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new double[,] { { 1, 2 }, { 3, 8 } });

        var y = F.batch_norm(x, tensor([1.0, 2.0]), tensor([4.0, 9.0]), tensor([2.0, 1.0]), tensor([0.5, 0.0]), eps: 0);

        Numbers.Equal([0.5, 0, 2.5, 2], y, 1e-14);
    }

    [Fact]
    public void Softmax_Row_SumsToOne()
    {
        using var scope = NewDisposeScope();
        var x = tensor([0.0, Math.Log(3)]);

        Numbers.Equal([0.25, 0.75], F.softmax(x, 0), 1e-15);
        Numbers.Equal([Math.Log(0.25), Math.Log(0.75)], x.log_softmax(0), 1e-15);
    }

    [Fact]
    public void Activations_Values_MatchFormulas()
    {
        using var scope = NewDisposeScope();
        var x = tensor([-2.0, 0.5]);

        Numbers.Equal([0, 0.5], F.relu(x));
        Numbers.Equal([-0.2, 0.5], F.leaky_relu(x, 0.1), 1e-15);
        Numbers.Equal([-2 / (1 + Math.Exp(2)), 0.5 / (1 + Math.Exp(-0.5))], F.silu(x), 1e-15);
        Numbers.Equal([-0.04550026389635842, 0.34573123063700656], F.gelu(x), 1e-12);
        Numbers.Equal([Math.Exp(-2) - 1, 0.5], F.elu(x), 1e-15);
        Numbers.Equal([0, 0.5], F.relu(x, inplace: true));
        Numbers.Equal([0, 0.5], x);
    }

    [Fact]
    public void Losses_Reductions_MatchHandWork()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (tensor([1.0, 4.0]), tensor([2.0, 1.0]));

        Assert.Equal(5, F.mse_loss(x, y).ToDouble());
        Assert.Equal(4, F.l1_loss(x, y, nn.Reduction.Sum).ToDouble());
        Numbers.Equal([1, 9], F.mse_loss(x, y, nn.Reduction.None));
        Assert.Equal((0.5 + 2.5) / 2, F.smooth_l1_loss(x, y).ToDouble());
        Assert.Equal(-Math.Log(0.75), F.cross_entropy(tensor(new[,] { { 0, Math.Log(3) } }), tensor([1L])).ToDouble(), 12);
    }

    [Fact]
    public void Dropout_Training_DropsAndScales()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var x = ones(10000);

        var y = F.dropout(x, 0.25);

        Assert.Equal(4.0 / 3, y.max().ToDouble(), 5);
        Assert.InRange((y == 0).sum().ToInt64(), 2300, 2700);
        Assert.True(F.dropout(x, 0.25, training: false).equal(x));
    }

    private static void Standard(Tensor values, long[] axes)
    {
        Assert.InRange(values.mean(axes).abs().max().ToDouble(), 0, 1e-12);
        Assert.InRange((values.var(axes, unbiased: false) - 1).abs().max().ToDouble(), 0, 1e-12);
    }
}
