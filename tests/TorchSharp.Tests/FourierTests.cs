using System.Numerics;
using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests;

public class FourierTests
{
    [Fact]
    public void Fft_OddLength_MatchesTheSum()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.Random(7);

        Equal(Transform(x), fft.fft_(tensor(x)));
    }

    [Fact]
    public void Rfft_EvenLength_IsTheFirstHalf()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.Random(8);

        Equal(Transform(x)[..5], fft.rfft(tensor(x)));
    }

    [Fact]
    public void Irfftn_OddShape_UndoesRfftn()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.RandomTensor(3, 5, 6, 7);

        var back = fft.irfftn(fft.rfftn(x), s: [5, 6, 7]);

        Assert.True(back.allclose(x, 0, 1e-14));
    }

    [Fact]
    public void Rfftn_Product_IsCircularConvolution()
    {
        using var scope = NewDisposeScope();
        double[] x = [1, 2, 3, 4], k = [1, 0.5, 0, 0.25];

        var result = fft.irfftn(fft.rfftn(tensor(x)) * fft.rfftn(tensor(k)), s: [4]);

        var expected = new double[4];
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                expected[(i + j) % 4] += x[i] * k[j];
            }
        }

        Numbers.Equal(expected, result, 1e-14);
    }

    [Fact]
    public void Fft2_Matrix_IsRowsThenColumns()
    {
        using var scope = NewDisposeScope();
        var x = Numbers.RandomTensor(4, 3, 5);

        var two = fft.fft2(x);

        Assert.True(two.allclose(fft.fft_(fft.fft_(x, dim: 1), dim: 0), 0, 1e-13));
        Assert.True(fft.ifft2(two).real.allclose(x, 0, 1e-14));
        Assert.True(fft.irfft2(fft.rfft2(x), s: [3, 5]).allclose(x, 0, 1e-14));
        Assert.True(fft.ifftn(fft.fftn(x)).real.allclose(x, 0, 1e-14));
    }

    [Fact]
    public void Fft_LongerLength_PadsWithZeros()
    {
        using var scope = NewDisposeScope();

        Equal(Transform([1, 2, 0, 0]), fft.fft_(tensor([1.0, 2.0]), n: 4));
    }

    [Fact]
    public void Ortho_Norm_KeepsEnergy()
    {
        using var scope = NewDisposeScope();
        var x = tensor(Numbers.Random(9));

        var energy = fft.fft_(x, norm: FFTNormType.Ortho).abs().square().sum().ToDouble();

        Assert.Equal(x.square().sum().ToDouble(), energy, 12);
    }

    [Fact]
    public void Shift_OddLength_RoundTrips()
    {
        using var scope = NewDisposeScope();
        var x = arange(5);

        Numbers.Equal([3, 4, 0, 1, 2], fft.fftshift(x));
        Numbers.Equal([0, 1, 2, 3, 4], fft.ifftshift(fft.fftshift(x)));
        Numbers.Equal([0, 0.2, 0.4, -0.4, -0.2], fft.fftfreq(5, 1, float64), 1e-15);
        Numbers.Equal([0, 0.1, 0.2], fft.rfftfreq(5, 2, float64), 1e-15);
    }

    [Fact]
    public void Complex_Parts_ComeTogetherAndApart()
    {
        using var scope = NewDisposeScope();
        var z = complex(tensor([1.0, 2.0]), tensor([3.0, -4.0]));

        Assert.Equal(complex128, z.dtype);
        Numbers.Equal([1, 3, 2, -4], z.view_as_real());
        Numbers.Equal([-3, 4], z.conj().imag.resolve_neg());
        Numbers.Equal([-3, 4], z.conj().resolve_conj().imag);
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => z.conj().imag.data<double>());
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => z.conj().data<Complex>());
        Assert.Equal(new Complex(2, -4), z[1].item<Complex>());
        Assert.Equal(new Complex(6, -8), (z[1] + new Complex(4, -4)).ToComplexFloat64());
        Numbers.Equal([Math.Sqrt(10), Math.Sqrt(20)], z.abs(), 1e-15);
    }

    private static Complex[] Transform(double[] x)
    {
        var result = new Complex[x.Length];
        for (var k = 0; k < x.Length; k++)
        {
            for (var i = 0; i < x.Length; i++)
            {
                result[k] += x[i] * Complex.FromPolarCoordinates(1, -2 * Math.PI * k * i / x.Length);
            }
        }

        return result;
    }

    private static void Equal(Complex[] expected, Tensor actual)
    {
        Numbers.Equal(Array.ConvertAll(expected, z => z.Real), actual.real, 1e-13);
        Numbers.Equal(Array.ConvertAll(expected, z => z.Imaginary), actual.imag, 1e-13);
    }
}
