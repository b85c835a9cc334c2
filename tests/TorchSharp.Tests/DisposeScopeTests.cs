using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests;

public class DisposeScopeTests
{
    [Fact]
    public void Dispose_Scope_TakesItsTensorsOnly()
    {
        using var before = ones(2);
        Tensor inside;
        using (var scope = NewDisposeScope())
        {
            inside = before + 1;
            Assert.True(scope.Contains(inside));
            Assert.False(scope.Contains(before));
        }

        Assert.True(inside.IsInvalid);
        Assert.False(before.IsInvalid);
    }

    [Fact]
    public void MoveToOuterDisposeScope_Result_OutlivesItsScopeOnly()
    {
        Tensor result;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                result = (ones(2) + 1).MoveToOuterDisposeScope();
            }

            Numbers.Equal([2, 2], result);
        }

        Assert.True(result.IsInvalid);
    }

    [Fact]
    public void MoveToOuterDisposeScope_NoOuterScope_BelongsToTheCaller()
    {
        Tensor result;
        using (NewDisposeScope())
        {
            result = ones(2).MoveToOuterDisposeScope();
        }

        Assert.False(result.IsInvalid);
        result.Dispose();
    }

    [Fact]
    public void DetachFromDisposeScope_Tensor_SurvivesAllScopes()
    {
        Tensor result;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                result = ones(2).DetachFromDisposeScope();
            }
        }

        Assert.False(result.IsInvalid);
        result.Dispose();
    }

    [Fact]
    public void MoveToOuter_Several_ComeAsATuple()
    {
        using var outer = NewDisposeScope();
        Tensor a, b;
        using (var scope = NewDisposeScope())
        {
            (a, b) = scope.MoveToOuter(ones(1), ones(2));
            _ = ones(3);
            Assert.Equal(1, scope.DisposablesCount);
        }

        Assert.Equal(2, outer.DisposablesCount);
        Assert.False(a.IsInvalid || b.IsInvalid);
    }

    [Fact]
    public void DisposeEverythingBut_Kept_StaysInTheScope()
    {
        Tensor kept, gone;
        using (var scope = NewDisposeScope())
        {
            (kept, gone) = (ones(1), ones(2));
            scope.DisposeEverythingBut(kept);
            Assert.True(gone.IsInvalid);
            Assert.False(kept.IsInvalid);
        }

        Assert.True(kept.IsInvalid);
    }

    [Fact]
    public void Attach_Foreign_IsDisposedWithTheScope()
    {
        var tensor = ones(2);
        using (var scope = NewDisposeScope())
        {
            scope.Attach(tensor);
        }

        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void Dispose_ByHand_LeavesTheScope()
    {
        using var scope = NewDisposeScope();
        var tensor = ones(2);

        tensor.Dispose();

        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void WrappedTensorDisposeScope_Function_KeepsItsResult()
    {
        var intermediate = default(Tensor);
        using var result = WrappedTensorDisposeScope(() =>
        {
            intermediate = ones(2) * 3;
            return intermediate + 1;
        });

        Assert.True(intermediate!.IsInvalid);
        Numbers.Equal([4, 4], result);
    }

    [Fact]
    public async Task Scope_OtherThread_HasItsOwn()
    {
        using var scope = NewDisposeScope();

        var tensor = await Task.Factory.StartNew(() => ones(2), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Equal(0, scope.DisposablesCount);
        tensor.Dispose();
    }

    [Fact]
    public void Statistics_InAndOut_AreCounted()
    {
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var outside = ones(1);
        using (NewDisposeScope())
        {
            _ = ones(1);
            _ = ones(1);
            Assert.Equal(live + 3, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        outside.Dispose();
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
