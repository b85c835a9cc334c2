namespace InferenceBridge.TorchSharp.Tests;

public class ReductionTests
{
    // 1 2 3
    // 4 5 9
    private static torch.Tensor Table() => torch.tensor(new double[,] { { 1, 2, 3 }, { 4, 5, 9 } });

    [Fact]
    public void Sum_AllAndByAxis_MatchesHandCount()
    {
        using var scope = torch.NewDisposeScope();

        Assert.Equal(24, Table().sum().ToDouble());
        Numbers.Equal([5, 7, 12], Table().sum(0L));
        Assert.Equal([2, 1], Table().sum([1], keepdim: true).shape);
        Numbers.Equal([6, 18], torch.sum(Table(), -1));
    }

    [Fact]
    public void MeanVarStd_BiasedAndNot_MatchHandCount()
    {
        using var scope = torch.NewDisposeScope();

        Assert.Equal(4, Table().mean().ToDouble());
        Numbers.Equal([2, 6], Table().mean([1]));
        Numbers.Equal([1, 7], Table().var(1));
        Numbers.Equal([2.0 / 3, 14.0 / 3], Table().var(1, unbiased: false), 1e-14);
        Assert.Equal(Math.Sqrt(8), Table().std().ToDouble(), 12);
        Numbers.Equal([1, Math.Sqrt(7)], Table().std([1]), 1e-14);
        Numbers.Equal([1, 7], Table().var_mean([1]).var);
        Numbers.Equal([2, 6], Table().std_mean([1]).mean);
    }

    [Fact]
    public void MinMax_AllAndByAxis_GiveValuesAndPositions()
    {
        using var scope = torch.NewDisposeScope();
        var (values, indexes) = Table().max(1);

        Numbers.Equal([3, 9], values);
        Assert.Equal([2, 2], indexes.data<long>().ToArray());
        Assert.Equal(1, Table().min().ToDouble());
        Numbers.Equal([9], Table().amax([0, 1]));
        Numbers.Equal([1, 2, 3], Table().amin([0]));
        Assert.Equal(5, Table().argmax().ToInt64());
    }

    [Fact]
    public void OrderStatistics_Vector_MatchSortedList()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor([5.0, 1, 4, 2, 3, 0]);
        var (sorted, positions) = x.sort(descending: true);
        var (top, _) = x.topk(2);

        Assert.Equal(2, x.median().ToDouble());
        Assert.Equal(2.5, x.quantile(torch.tensor(0.5)).ToDouble());
        Assert.Equal(1.25, torch.quantile(x, torch.tensor(0.25)).ToDouble());
        Numbers.Equal([5, 4, 3, 2, 1, 0], sorted);
        Assert.Equal([0, 2, 4, 3, 1, 5], positions.data<long>().ToArray());
        Numbers.Equal([5, 4], top);
        Numbers.Equal([5, 6, 10, 12, 15, 15], x.cumsum(0));
        Assert.Equal(120, x[..5].prod().ToDouble());
    }

    [Fact]
    public void AnyAll_Booleans_AreTold()
    {
        using var scope = torch.NewDisposeScope();

        Assert.True((Table() > 8).any().ToBoolean());
        Assert.False((Table() > 8).all().ToBoolean());
        Assert.Equal([false, false, true], (Table() > 2).all(0).data<bool>().ToArray());
        Assert.Equal(2, (Table() > 4).count_nonzero().ToInt64());
    }
}
