using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace InferenceBridge.TorchSharp.Tests.Layers;

public class NormalizationLayerTests
{
    [Fact]
    public void BatchNorm2d_TwoBatches_KeepsStatisticsAsPyTorch()
    {
        using var scope = NewDisposeScope();
        using var layer = BatchNorm2d(2, dtype: float64);
        var x = Fixed.Ramp(2, 2, 2, 3);

        Fixed.First([-0.20155953471105056, 1.2304459659993536, -0.5705715838459336], layer.call(x));
        layer.call((x * 2) + 1);

        Numbers.Equal([0.1404782344262221, 0.08025114267454503], layer.running_mean!, 1e-12);
        Numbers.Equal([1.0663397858069437, 1.075157806320816], layer.running_var!, 1e-12);
        Assert.Equal(2, layer.num_batches_tracked!.ToInt64());
        layer.eval();
        Fixed.First([-0.1360376738611057, 0.8242803043287354, -0.38350104238664723], layer.call(x));
        Assert.Equal(2, layer.num_batches_tracked!.ToInt64());
        Assert.Equal(
            ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], layer.state_dict().Keys);
        Assert.Throws<ArgumentException>(() => layer.call(ones(2, 2)));
    }

    [Fact]
    public void BatchNorm2d_WithoutMomentum_AveragesAllBatches()
    {
        using var scope = NewDisposeScope();
        using var layer = BatchNorm2d(2, dtype: float64);
        layer.momentum = null;
        var x = Fixed.Ramp(2, 2, 2, 3);

        layer.call(x);
        layer.call((x * 2) + 1);

        Numbers.Equal([0.709370178066666, 0.3978507379717846], layer.running_mean!, 1e-12);
        layer.reset_running_stats();
        Numbers.Equal([0, 0], layer.running_mean!);
    }

    [Fact]
    public void BatchNorm2d_Loaded_UsesTheLoadedStatistics()
    {
        using var scope = NewDisposeScope();
        using var trained = BatchNorm2d(2, dtype: float64);
        using var other = BatchNorm2d(2, dtype: float64);
        var x = Fixed.Ramp(2, 2, 2, 3);
        trained.call(x + 3);

        other.load_state_dict(trained.state_dict());
        trained.eval();
        other.eval();

        Assert.True(trained.call(x).equal(other.call(x)));
        other.to(float32);
        Assert.Equal(float32, other.running_mean!.dtype);
        Assert.Equal(int64, other.num_batches_tracked!.dtype);
    }

    [Fact]
    public void InstanceNorm2d_BatchOrNot_MatchesPyTorch()
    {
        using var scope = NewDisposeScope();
        using var layer = Fixed.Fill(InstanceNorm2d(2, affine: true, track_running_stats: true));

        var y = layer.call(Fixed.Ramp(2, 2, 2, 3));

        Fixed.First([0.2602472698963978, 1.7710914146780097, -0.12908062969108458], y);
        Numbers.Equal([0.013958011871111068, -0.0068099508018810255], layer.running_mean!, 1e-12);
        var single = layer.call(Fixed.Ramp(2, 2, 3));
        Assert.Equal([2, 2, 3], single.shape);
        Fixed.First([0.2602472698963978, 1.7710914146780097], single);
        using var plain = InstanceNorm2d(2);
        Assert.Empty(plain.state_dict());
    }

    [Fact]
    public void GroupNormLayerNorm_Affine_MatchPyTorch()
    {
        using var scope = NewDisposeScope();
        using var group = Fixed.Fill(GroupNorm(2, 4));
        using var layer = Fixed.Fill(LayerNorm([2, 3]));
        using var single = LayerNorm(3, bias: false);

        Fixed.First([0.5800881928470739, 2.0474555707258415, 0.20196377734999424], group.call(Fixed.Ramp(1, 4, 2, 2)));
        Fixed.First([0.26024726989639774, 0.4417812120116792, -0.7901371355577945], layer.call(Fixed.Ramp(2, 2, 3)));
        Assert.Equal(["weight"], single.state_dict().Keys);
        Assert.Equal(float32, single.weight!.dtype);
        Assert.Equal([1, 3], single.call(ones(1, 3)).shape);
    }
}
