using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests;

/// <summary>Counts native tensors over the whole process, so nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public class AloneCollection;

[Collection(nameof(AloneCollection))]
public class LeakTests
{
    private const int Rounds = 5000;

    // libtorch collects a stack trace for each error, which takes a millisecond.
    private const int ErrorRounds = 500;

    [Fact]
    public void Scopes_ThousandsOfOperations_LeaveNothing() => AssertNoLeak(() =>
    {
        using var scope = NewDisposeScope();
        var x = randn(64, 64);
        var y = (x.matmul(x) + 1).relu().sum([1], keepdim: true);
        _ = stack([y, y]).std();
        _ = y.split(8, 0);
        _ = x[TensorIndex.Slice(0, 10), x[0] > 0];
    });

    [Fact]
    public void NoScopes_ThousandsOfOperations_AreLeftToTheCollector() => AssertNoLeak(() =>
    {
        var x = ones(64);
        _ = (x + x).sum();
        _ = x.max(0);
    });

    [Fact]
    public void Errors_ThousandsOfThem_LeaveNothing() => AssertNoLeak(() =>
    {
        using var scope = NewDisposeScope();
        var (x, y) = (zeros(2, 3), zeros(4, 5));
        Assert.Throws<ExternalException>(() => x.mm(y));
        Assert.Throws<ExternalException>(() => cat([x, y]));
        Assert.Throws<ExternalException>(() => x.reshape(7));
    }, ErrorRounds);

    [Fact]
    public void Gradients_ThousandsOfThem_LeaveNothing() => AssertNoLeak(() =>
    {
        using var scope = NewDisposeScope();
        var x = ones([32, 32], requires_grad: true);
        x.matmul(x).square().mean().backward();
        _ = x.grad!.sum();
    });

    [Fact]
    public void HostMemory_ThousandsOfCopies_LeaveNothing() => AssertNoLeak(() =>
    {
        var values = new float[4096];
        using var shared = frombuffer(values, float32);
        using var copy = tensor(values);
        _ = copy.data<float>().ToArray();
    });

    private static void AssertNoLeak(Action round, int rounds = Rounds)
    {
        for (var i = 0; i < 50; i++)
        {
            round();
        }

        var (tensors, bytes) = (Settle(), Environment.WorkingSet);
        for (var i = 0; i < rounds; i++)
        {
            round();
        }

        Assert.Equal(tensors, Settle());
        Assert.InRange(Environment.WorkingSet - bytes, long.MinValue, 48L << 20);
    }

    private static long Settle()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return NativeMethods.ib_live_tensors();
    }
}
