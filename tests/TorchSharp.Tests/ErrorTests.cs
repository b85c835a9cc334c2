using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests;

public class ErrorTests
{
    [Fact]
    public void Add_ShapesThatDoNotBroadcast_CarriesLibtorchsMessage()
    {
        using var a = zeros(2, 3);
        using var b = zeros(4);

        var error = Assert.Throws<ExternalException>(() => a + b);

        Assert.StartsWith("The size of tensor a (3) must match the size of tensor b (4)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("frame #", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Matmul_WrongShapes_Throws()
    {
        using var a = zeros(2, 3);

        Assert.Contains("shapes cannot be multiplied", Assert.Throws<ExternalException>(() => a.mm(a)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_MoreThanTheMachineHas_ThrowsAndLeavesTheLibraryUsable()
    {
        var error = Assert.Throws<ExternalException>(() => empty(1L << 46));

        Assert.Contains("alloc", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, ones(2).sum().ToDouble());
    }

    [Fact]
    public void Zeros_NegativeSize_Throws() => Assert.Throws<ExternalException>(() => zeros(-1L));

    [Fact]
    public void AnyUse_AfterDispose_Throws()
    {
        var tensor = ones(2);
        tensor.Dispose();
        tensor.Dispose();

        Assert.True(tensor.IsInvalid);
        Assert.ThrowsAny<InvalidOperationException>(() => tensor.shape);
        Assert.ThrowsAny<InvalidOperationException>(() => tensor + 1);
        Assert.ThrowsAny<InvalidOperationException>(() => stack([ones(2), tensor]));
        Assert.ThrowsAny<InvalidOperationException>(() => tensor.data<float>());
    }

    [Fact]
    public void Item_SeveralElements_Throws()
    {
        using var x = zeros(2);

        Assert.Throws<ArgumentException>(() => x.item<float>());
        Assert.Throws<ExternalException>(() => x.ToSingle());
    }

    [Fact]
    public void Cuda_WithoutGpu_IsRefused()
    {
        Assert.SkipWhen(cuda.is_available(), "This machine has a GPU.");
        using var x = zeros(2);

        Assert.Equal(0, cuda.device_count());
        Assert.Throws<InvalidOperationException>(() => x.cuda());
        Assert.Throws<InvalidOperationException>(() => zeros(2, device: CUDA));
    }

    [Fact]
    public void Cuda_RoundTrip_KeepsElements()
    {
        Assert.SkipUnless(cuda.is_available(), "This machine has no GPU.");
        using var x = Numbers.RandomTensor(1, 100);
        using var gpu = x.cuda();

        Assert.Equal(DeviceType.CUDA, gpu.device_type);
        Assert.True(gpu.cpu().equal(x));
        Assert.Throws<InvalidOperationException>(() => gpu.data<double>());
        Assert.Contains("out of memory", Assert.Throws<ExternalException>(() => empty([1L << 46], device: CUDA)).Message, StringComparison.Ordinal);
    }
}
