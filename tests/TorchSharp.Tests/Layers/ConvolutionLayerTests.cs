using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace InferenceBridge.TorchSharp.Tests.Layers;

public class ConvolutionLayerTests
{
    [Theory]
    [InlineData(PaddingModes.Zeros, 7.028844119710024, new[] { 1.1435828969, 1.3763681657, 0.3509793396 })]
    [InlineData(PaddingModes.Reflect, 6.523947254085028, new[] { 1.1244429016, 0.1312256218, 1.8540931729 })]
    [InlineData(PaddingModes.Replicate, 8.866665668455994, new[] { 0.7092357982, 1.2154395966, 0.9219242395 })]
    [InlineData(PaddingModes.Circular, 5.824626090164409, new[] { -1.2848465691, -0.8944639294, 0.7319283323 })]
    public void Conv2d_PaddingMode_MatchesPyTorch(PaddingModes mode, double sum, double[] first)
    {
        using var scope = NewDisposeScope();
        using var layer = Fixed.Fill(Conv2d(2, 2, (3, 3), padding: (2, 1), padding_mode: mode, groups: 2));

        var y = layer.call(Fixed.Ramp(1, 2, 4, 5));

        Assert.Equal([1, 2, 6, 5], y.shape);
        Fixed.First(first, y);
        Assert.Equal(sum, y.sum().ToDouble(), 1e-9);
    }

    [Fact]
    public void Conv2d_SamePadding_KeepsTheSizeAndMatchesPyTorch()
    {
        using var scope = NewDisposeScope();
        var x = Fixed.Ramp(1, 1, 4, 5);
        using var zeros = Fixed.Fill(Conv2d(1, 1, (2, 3), Padding.Same));
        using var replicate = Fixed.Fill(Conv2d(1, 1, (2, 3), Padding.Same, dilation: (1, 2), padding_mode: PaddingModes.Replicate));

        var (first, second) = (zeros.call(x), replicate.call(x));

        Assert.Equal(x.shape, first.shape);
        Assert.Equal(x.shape, second.shape);
        Assert.Equal(10.65333026830973, first.sum().ToDouble(), 1e-9);
        Fixed.First([-0.25352541060690315, 1.250819779817352, 2.5894164193205205], first);
        Assert.Equal(9.37806024588102, second.sum().ToDouble(), 1e-9);
        Fixed.First([-0.7092775066013493, 1.0916989329442381, 0.01799027843569212], second);
    }

    [Fact]
    public void Conv1dConv3d_Strides_MatchPyTorch()
    {
        using var scope = NewDisposeScope();
        using var line = Fixed.Fill(Conv1d(2, 2, 3, padding: 1, padding_mode: PaddingModes.Reflect));
        using var volume = Fixed.Fill(Conv3d(1, 2, (2, 2, 2), stride: (1, 2, 1)));

        var (y, z) = (line.call(Fixed.Ramp(2, 2, 5)), volume.call(Fixed.Ramp(1, 1, 3, 4, 3)));

        Assert.Equal([2, 2, 5], y.shape);
        Assert.Equal(-2.4736662864147334, y.sum().ToDouble(), 1e-9);
        Fixed.First([1.3708766078017809, 1.250819779817352, 2.5894164193205205], y);
        Assert.Equal([1, 2, 2, 2, 2], z.shape);
        Assert.Equal(3.457882794009297, z.sum().ToDouble(), 1e-9);
        Fixed.First([1.1537319405501139, 0.813752284921476, -0.14661969567640876], z);
    }

    [Fact]
    public void ConvTranspose2d_OutputPaddingOrSize_MatchesPyTorch()
    {
        using var scope = NewDisposeScope();
        var x = Fixed.Ramp(1, 2, 3, 4);
        using var padded = Fixed.Fill(ConvTranspose2d(2, 4, 3, stride: 2, padding: 1, output_padding: 1, groups: 2));
        using var sized = Fixed.Fill(ConvTranspose2d(2, 4, 3, stride: 2, padding: 1, groups: 2));

        var (y, z) = (padded.call(x), sized.call(x, [6, 7]));

        Assert.Equal([1, 4, 6, 8], y.shape);
        Assert.Equal(-75.6327531730444, y.sum().ToDouble(), 1e-9);
        Fixed.First([0.5403023058681398, -0.35623422348056644, -0.348981459087518], y);
        Assert.Equal([1, 4, 6, 7], z.shape);
        Assert.Equal(-67.75040995042977, z.sum().ToDouble(), 1e-9);
        Assert.Throws<ArgumentException>(() => sized.call(x, [8, 7]));
    }

    [Fact]
    public void Conv2d_WrongChannels_NamesThem()
    {
        using var scope = NewDisposeScope();
        using var layer = Conv2d(3, 2, 3);

        var error = Assert.Throws<ArgumentException>(() => layer.call(ones(1, 2, 8, 8)));

        Assert.Contains("3 channels", error.Message, StringComparison.Ordinal);
        Assert.Equal([2, 6, 6], layer.call(ones(3, 8, 8)).shape);
        Assert.Throws<ArgumentException>(() => Conv2d(3, 4, 3, groups: 2));
    }

    [Fact]
    public void Conv2d_WithoutBias_HasOneParameter()
    {
        using var layer = Conv2d(4, 4, 3, groups: 4, bias: false);

        Assert.Equal(["weight"], layer.named_parameters().Select(entry => entry.name));
        Assert.Equal([4, 1, 3, 3], layer.weight.shape);
        Assert.Null(layer.bias);
    }

    [Fact]
    public void Weight_Replaced_IsTheParameter()
    {
        using var scope = NewDisposeScope();
        using var layer = Conv2d(1, 1, 1, bias: false);

        layer.weight = Parameter(full([1, 1, 1, 1], 3.0, float32));

        Assert.Same(layer.weight, layer.parameters().Single());
        Numbers.Equal([6], layer.call(full([1, 1, 1, 1], 2.0, float32)).detach());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Conv2d_OneTap_IsTheSameOnAnyNumberOfThreads(int threads)
    {
        using var scope = NewDisposeScope();
        using var layer = Conv2d(3, 4, 1, stride: 2, padding: 1);
        var x = Fixed.Ramp(2, 3, 5, 6).to(float32).requires_grad_();
        var before = get_num_threads();
        try
        {
            set_num_threads(threads);
            var y = layer.call(x);
            y.square().sum().backward();

            var padded = functional.pad(x.detach(), (1, 1, 1, 1))[.., .., 0..7, ..].index_select(2, arange(0, 7, 2)).index_select(3, arange(0, 8, 2));
            var expected = einsum("nchw,oc->nohw", padded, layer.weight.detach().view(4, 3)) + layer.bias!.detach().view(1, 4, 1, 1);
            Numbers.Equal([.. expected.to(float64).data<double>()], y.detach(), 1e-5);
            Numbers.Equal([.. (y.detach() * 2).sum([0, 2, 3]).to(float64).data<double>()], layer.bias!.grad!, 1e-4);
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
