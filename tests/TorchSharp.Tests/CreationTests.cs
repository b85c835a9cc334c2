namespace InferenceBridge.TorchSharp.Tests;

[Collection(SeededTests.Name)]
public class CreationTests
{
    [Fact]
    public void Zeros_ShapeAndType_AreAsAsked()
    {
        using var tensor = torch.zeros(2, 3, torch.int32);

        Assert.Equal([2, 3], tensor.shape);
        Assert.Equal(torch.int32, tensor.dtype);
        Assert.Equal(new int[6], tensor.data<int>().ToArray());
        Assert.Equal(DeviceType.CPU, tensor.device_type);
    }

    [Fact]
    public void Zeros_NoType_IsSinglePrecision() => Assert.Equal(torch.float32, torch.zeros(2, 3, 4).dtype);

    [Fact]
    public void Arange_StartStopStep_HasEveryStep()
    {
        using var tensor = torch.arange(1.0, 3.0, 0.5, torch.float64);

        Numbers.Equal([1, 1.5, 2, 2.5], tensor);
    }

    [Fact]
    public void Arange_WholeNumbers_AreIntegers() => Assert.Equal(torch.int64, torch.arange(5).dtype);

    [Fact]
    public void Linspace_FiveSteps_IncludesBothEnds()
    {
        using var tensor = torch.linspace(-1, 1, 5, torch.float64);

        Numbers.Equal([-1, -0.5, 0, 0.5, 1], tensor);
    }

    [Fact]
    public void Eye_Rectangle_HasOnesOnTheDiagonal()
    {
        using var tensor = torch.eye(2, 3);

        Numbers.Equal([1, 0, 0, 0, 1, 0], tensor);
    }

    [Fact]
    public void Full_WholeNumber_TakesItsType()
    {
        using var tensor = torch.full([3], 7L);

        Assert.Equal(torch.int64, tensor.dtype);
        Numbers.Equal([7, 7, 7], tensor);
    }

    [Fact]
    public void Tensor_FromArray_CopiesIt()
    {
        float[] values = [1, 2, 3];
        using var tensor = torch.tensor(values);

        values[0] = 9;

        Assert.Equal(1, tensor[0].ToSingle());
    }

    [Fact]
    public void Tensor_ShapeThatDoesNotFit_Throws() =>
        Assert.Throws<ArgumentException>(() => torch.tensor(new float[5], [2, 3]));

    [Fact]
    public void FromArray_ThreeDimensions_KeepsThem()
    {
        var values = new short[2, 1, 3] { { { 1, 2, 3 } }, { { 4, 5, 6 } } };
        using var tensor = torch.from_array(values);

        Assert.Equal([2, 1, 3], tensor.shape);
        Assert.Equal(6, tensor[1, 0, 2].item<short>());
    }

    [Fact]
    public void FromBuffer_Write_IsSeenOnBothSides()
    {
        float[] values = [1, 2, 3, 4];
        using var tensor = torch.frombuffer(values, torch.float32, count: 2, offset: 1);

        tensor.mul_(10);
        values[2] = -1;

        Assert.Equal([1, 20, -1, 4], values);
        Assert.Equal([20, -1], tensor.data<float>().ToArray());
    }

    [Fact]
    public void FromBuffer_AfterDispose_LetsTheArrayGo()
    {
        var weak = MakeAndDispose();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(weak.TryGetTarget(out _));

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference<float[]> MakeAndDispose()
        {
            var array = new float[100];
            torch.frombuffer(array, torch.float32).Dispose();
            return new WeakReference<float[]>(array);
        }
    }

    [Fact]
    public void ManualSeed_SameSeed_GivesSameNumbers()
    {
        torch.manual_seed(7);
        using var first = torch.randn(100);
        torch.manual_seed(7);
        using var second = torch.randn(100);

        Assert.True(first.equal(second));
    }

    [Fact]
    public void Generator_OwnSeed_IsIndependentOfTheDefaultOne()
    {
        using var one = new torch.Generator(3);
        using var two = new torch.Generator(3);
        using var first = torch.rand([50], generator: one);
        torch.manual_seed(1);
        using var second = torch.rand([50], generator: two);

        Assert.True(first.equal(second));
        Assert.InRange(first.min().ToSingle(), 0, 1);
    }

    [Fact]
    public void Randint_Range_IsHalfOpen()
    {
        using var tensor = torch.randint(2, 5, [1000]);

        Assert.Equal(2, tensor.min().ToInt64());
        Assert.Equal(4, tensor.max().ToInt64());
    }
}
