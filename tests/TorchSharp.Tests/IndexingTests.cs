using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests;

public class IndexingTests
{
    // Element (z, y, x) has the value 100 z + 10 y + x.
    private static Tensor Volume() =>
        (arange(2) * 100).reshape(2, 1, 1) + (arange(3) * 10).reshape(1, 3, 1) + arange(4);

    [Fact]
    public void Get_NumbersAndSlices_PickTheBlock()
    {
        using var scope = NewDisposeScope();
        var volume = Volume();

        Assert.Equal(123, volume[1, 2, 3].ToInt64());
        Assert.Equal(123, volume[-1, -1, -1].ToInt64());
        Numbers.Equal([10, 12], volume[0, 1, TensorIndex.Slice(0, null, 2)]);
        Numbers.Equal([21, 22, 121, 122], volume[TensorIndex.Colon, 2, TensorIndex.Slice(1, 3)]);
        Numbers.Equal([3, 13, 23, 103, 113, 123], volume[TensorIndex.Ellipsis, 3]);
        Numbers.Equal([20, 120], volume[.., ^1, 0]);
        Assert.Equal([1, 2, 4], volume[TensorIndex.None, TensorIndex.Ellipsis, 0, TensorIndex.Colon].shape);
        Assert.Equal([2, 3, 1, 4], volume[TensorIndex.Ellipsis, TensorIndex.None, TensorIndex.Colon].shape);
    }

    [Fact]
    public void Get_TensorAndMask_PickElements()
    {
        using var scope = NewDisposeScope();
        var volume = Volume();

        Numbers.Equal([1, 11, 21, 0, 10, 20], volume[0][TensorIndex.Colon, tensor([1L, 0L])].t());
        Numbers.Equal([122, 123], volume[volume > 121]);
        Numbers.Equal([0, 1, 2, 3, 100, 101, 102, 103], volume[TensorIndex.Colon, volume[0, TensorIndex.Colon, 0] == 0]);
        Numbers.Equal([2, 113], volume[tensor([0L, 1L]), tensor([0L, 1L]), tensor([2L, 3L])]);
    }

    [Fact]
    public void Set_SliceMaskAndNumber_WritesThrough()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3);

        x[0, TensorIndex.Slice(1)] = ones(1, 2);
        x[1, 2] = tensor(7f);
        x[x == 0] = tensor(-1f);

        Numbers.Equal([-1, 1, 1, -1, -1, 7], x);
    }

    [Fact]
    public void Set_MaskAfterColon_WritesThrough()
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 3);

        x[TensorIndex.Colon, tensor([true, false, true])] = tensor(4f);

        Numbers.Equal([4, 0, 4, 4, 0, 4], x);
    }

    [Fact]
    public void Get_OutOfRange_SaysSo()
    {
        using var x = zeros(2, 3);

        var error = Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => x[0, 3]);

        Assert.Contains("out of", error.Message, StringComparison.Ordinal);
    }
}
