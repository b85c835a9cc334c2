namespace InferenceBridge.TorchSharp.Tests;

public class ShapeTests
{
    [Fact]
    public void Permute_ThenContiguous_MovesElements()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.arange(6).reshape(2, 3);

        Assert.Equal([0, 3, 1, 4, 2, 5], x.permute(1, 0).contiguous().data<long>().ToArray());
        Assert.Equal([0, 3, 1, 4, 2, 5], x.transpose(0, 1).data<long>().ToArray());
        Assert.Equal([1, 3], x.t().stride());
        Assert.False(x.t().is_contiguous());
    }

    [Fact]
    public void View_SharesMemory_CloneDoesNot()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.zeros(4);

        x.view(2, 2)[0, 1].fill_(5);
        x.clone().fill_(7);

        Numbers.Equal([0, 5, 0, 0], x);
    }

    [Fact]
    public void FlipRollRepeat_Vector_MatchHandWork()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.arange(4);

        Numbers.Equal([3, 2, 1, 0], x.flip(0));
        Numbers.Equal([2, 3, 0, 1], x.roll(2));
        Numbers.Equal([0, 1, 2, 3, 0, 1, 2, 3], x.repeat(2));
        Numbers.Equal([0, 0, 1, 1, 2, 2, 3, 3], x.repeat_interleave(2));
        Assert.Equal([3, 4], x.expand(3, 4).shape);
        Assert.Equal([2, 3], x.unfold(0, 3, 1).shape);
        Numbers.Equal([0, 1, 2, 1, 2, 3], x.unfold(0, 3, 1));
    }

    [Fact]
    public void CatStackSplit_Parts_ComeBackTogether()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.arange(6).reshape(2, 3);
        var parts = x.split([1, 2], 1);

        Assert.Equal([2, 1], parts[0].shape);
        Assert.True(torch.cat(parts, 1).equal(x));
        Assert.True(torch.stack(x.unbind(0), 0).equal(x));
        Assert.Same(x, torch.cat([x]));
    }

    [Fact]
    public void GatherScatter_Indices_PickAndPlace()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor(new double[,] { { 10, 11, 12 }, { 20, 21, 22 } });
        var index = torch.tensor(new long[,] { { 2 }, { 0 } });

        Numbers.Equal([12, 20], x.gather(1, index));
        Numbers.Equal([0, 0, 12, 20, 0, 0], torch.zeros_like(x).scatter_(1, index, x.gather(1, index)));
        Numbers.Equal([12, 10, 22, 20], x.index_select(1, torch.tensor([2L, 0L])));
        Numbers.Equal([11, 12, 21, 22], x.narrow(1, 1, 2));
        Numbers.Equal([20, 21, 22], x.select(0, 1));
        Numbers.Equal([10, 12, 20, 22], x.slice(1, 0, 3, 2));
    }
}
