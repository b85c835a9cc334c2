using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class PointSpreadFunctionTests
{
    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(-0.25, "-0.25")]
    public void Start_ValueThatNoPsfHas_IsRefusedWithValueAndPlace(double value, string text)
    {
        var psf = Sample.Psf(3, 5, 4);
        psf[1, 2, 3] = value;

        var error = Assert.Throws<InferenceException>(() => Run(psf).Start(new VolumeShape(8, 8, 8)));

        Assert.Equal(InferenceError.AuxiliaryInvalid, error.Error);
        Assert.Equal("psf", error.Field);
        Assert.Equal($"Input psf is {text} at z = 1, y = 2, x = 3; accepted: finite values of at least 0, not all of them 0.", error.Message);
    }

    [Fact]
    public void Start_AllZero_IsRefused()
    {
        var error = Assert.Throws<InferenceException>(() => Run(new double[3, 3, 3]).Start(new VolumeShape(8, 8, 8)));

        Assert.Equal(InferenceError.AuxiliaryInvalid, error.Error);
        Assert.Equal("Input psf is 0 everywhere; accepted: finite values of at least 0, not all of them 0.", error.Message);
    }

    [Theory]
    [InlineData(9, 3, 3)]
    [InlineData(3, 9, 3)]
    [InlineData(3, 3, 9)]
    public void Plan_LargerThanTheImage_IsRefusedWithBothShapes(int depth, int height, int width)
    {
        var error = Assert.Throws<InferenceException>(() => Run(Sample.Psf(depth, height, width)).Plan(new VolumeShape(8, 8, 8)));

        Assert.Equal(InferenceError.ShapeMismatch, error.Error);
        Assert.Equal("psf", error.Field);
        Assert.Contains($"1×1×{depth}×{height}×{width}", error.Message, StringComparison.Ordinal);
        Assert.Contains("1×1×8×8×8", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void Plan_SeveralChannelsOrFrames_IsRefused(int frames, int channels)
    {
        var psf = new MemoryVolume(new VolumeInfo(new VolumeShape(frames, channels, 3, 3, 3), PixelType.Float32));
        var run = new OperationRun("deconvolve/richardson-lucy").WithPsf(psf);

        var error = Assert.Throws<InferenceException>(() => run.Plan(new VolumeShape(8, 8, 8)));

        Assert.Equal(InferenceError.ShapeMismatch, error.Error);
        Assert.Contains("accepted: 1 frame and 1 channel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_NoPsf_IsRefused()
    {
        var error = Assert.Throws<InferenceException>(() => new OperationRun("deconvolve/richardson-lucy").Plan(new VolumeShape(8, 8, 8)));

        Assert.Equal(InferenceError.InputMissing, error.Error);
        Assert.Equal("inputs.psf", error.Field);
    }

    [Fact]
    public void Process_SumOfAThousand_IsNormalisedWithAWarning()
    {
        var psf = Sample.Psf(3, 3, 3);
        var scaled = Sample.Fill(3, 3, 3, (z, y, x) => psf[z, y, x] * 1000);
        var image = Sample.Image(6, 7, 8);
        var (plain, warned) = (Run(psf), Run(scaled));

        Near.Equal(plain.Whole(image), warned.Whole(image), 1e-5);
        Assert.Empty(plain.Warnings);
        Assert.Equal("The psf summed to 1000; it was normalised to 1.", Assert.Single(warned.Warnings));
    }

    private static OperationRun Run(double[,,] psf) =>
        new OperationRun("deconvolve/richardson-lucy", ("psf_centring", "middle")).WithPsf(psf);
}
