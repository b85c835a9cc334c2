namespace InferenceBridge.Imaging.Tests;

public class ImageMetricsTests
{
    public static TheoryData<int, PixelType> Cases()
    {
        var data = new TheoryData<int, PixelType>();
        for (var i = 0; i < ReferenceData.Values.Comparisons.Length; i++)
        {
            data.Add(i, i % 2 == 0 ? PixelType.UInt16 : PixelType.Float64);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compare_ReferenceCase_EqualsScikitImage(int index, PixelType type)
    {
        var expected = ReferenceData.Values.Comparisons[index];
        var shape = new VolumeShape(expected.Shape[0], expected.Shape[1], expected.Shape[2]);
        var (result, reference) = ReferenceData.Pair(shape, type);

        var actual = Compare(result, reference, expected.Fit, expected.GivenRange);

        Assert.Equal(expected.DataRange, actual.DataRange);
        Assert.Equal(expected.Gain, actual.Gain, 1e-8);
        Assert.Equal(expected.Offset, actual.Offset, 1e-5);
        Assert.Equal(expected.Psnr, actual.Psnr, 1e-8);
        Assert.Equal(expected.Nrmse, actual.Nrmse, 1e-10);
        Assert.Equal(expected.Ssim, actual.Ssim, 1e-8);
    }

    [Fact]
    public void Compare_PlanesTooLarge_IsRefusedBeforeMemoryIsTaken()
    {
        var volume = new ClaimedVolume(new VolumeShape(1, 20_000, 20_000));
        Assert.Equal(InferenceError.VolumeTooLarge, Assert.Throws<InferenceException>(() => ImageMetrics.Compare(volume, volume, cancellation: TestContext.Current.CancellationToken)).Error);
    }

    [Fact]
    public void Compare_PlanesInChannelsAndFrames_EqualsThatOfSlices()
    {
        var (result, reference) = ReferenceData.Pair(new VolumeShape(8, 12, 13), PixelType.UInt16);
        var expected = Compare(result, reference);
        var hyper = new VolumeShape(2, 2, 2, 12, 13);

        var actual = Compare(Reshape(result, hyper), Reshape(reference, hyper));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Compare_EqualVolumes_IsPerfect()
    {
        var (_, reference) = ReferenceData.Pair(new VolumeShape(2, 20, 20), PixelType.UInt8);

        var actual = Compare(reference, reference);

        Assert.Equal(double.PositiveInfinity, actual.Psnr);
        Assert.Equal(1, actual.Ssim, 1e-12);
        Assert.Equal(0, actual.Nrmse);
    }

    [Fact]
    public void Compare_ScaledAndShifted_FitFindsGainAndOffset()
    {
        var shape = new VolumeShape(1, 16, 16);
        var reference = Array.ConvertAll(ReferenceData.Noise(5, 256, 1000), value => (float)value);
        var result = Array.ConvertAll(reference, value => (value / 4) + 32);

        var actual = Compare(MemoryVolume.FromSingles(result, shape), MemoryVolume.FromSingles(reference, shape), fit: true);

        Assert.Equal(4, actual.Gain, 1e-9);
        Assert.Equal(-128, actual.Offset, 1e-6);
        Assert.True(actual.Psnr > 200);
    }

    [Fact]
    public void Compare_ConstantResult_FitKeepsGainOne()
    {
        var shape = new VolumeShape(1, 1, 4);

        var actual = Compare(
            MemoryVolume.FromSingles([7, 7, 7, 7], shape), MemoryVolume.FromSingles([0, 2, 4, 6], shape), fit: true);

        Assert.Equal((1.0, -4.0), (actual.Gain, actual.Offset));
    }

    [Fact]
    public void Compare_LargeOffset_LosesNoPrecision()
    {
        // Gain 2 over a spread of 3 at a level of ten million: sums of squares would have cancelled.
        var shape = new VolumeShape(1, 1, 4);
        var result = new MemoryVolume(new VolumeInfo(shape, PixelType.Int32));
        var reference = new MemoryVolume(new VolumeInfo(shape, PixelType.Int32));
        for (var i = 0; i < 4; i++)
        {
            BitConverter.TryWriteBytes(result.Plane(0).Span[(4 * i)..], 1_000_000_001 + i);
            BitConverter.TryWriteBytes(reference.Plane(0).Span[(4 * i)..], 2_000_000_001 + (2 * i));
        }

        var actual = Compare(result, reference, fit: true);

        Assert.Equal(2, actual.Gain, 1e-9);
    }

    [Fact]
    public void Compare_OtherShape_NamesBothShapes()
    {
        var fault = Assert.Throws<InferenceException>(() =>
            Compare(Zeros(new VolumeShape(2, 3, 4)), Zeros(new VolumeShape(2, 3, 5))));

        Assert.Equal(InferenceError.ShapeMismatch, fault.Error);
        Assert.Contains("1×1×2×3×4", fault.Message, StringComparison.Ordinal);
        Assert.Contains("1×1×2×3×5", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Compare_NotFinite_IsRefusedWithItsPlace(float value)
    {
        var result = MemoryVolume.FromSingles([1, 2, 3, 4, 5, value, 7, 8], new VolumeShape(2, 2, 2));

        var fault = Assert.Throws<InferenceException>(() => Compare(result, Zeros(result.Info.Shape)));

        Assert.Equal(InferenceError.ValueNotFinite, fault.Error);
        Assert.Contains("plane 1, row 0, column 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_ConstantReference_AsksForDataRange()
    {
        var (result, reference) = (Zeros(new VolumeShape(1, 4, 4)), Zeros(new VolumeShape(1, 4, 4)));

        var fault = Assert.Throws<InferenceException>(() => Compare(result, reference));

        Assert.Equal((InferenceError.ParameterOutOfRange, "data_range"), (fault.Error, fault.Field));
        Assert.Equal(1, Compare(result, reference, range: 255).Ssim, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Compare_DataRangeNotPositive_IsRefused(double range)
    {
        var (result, reference) = ReferenceData.Pair(new VolumeShape(1, 4, 4), PixelType.UInt16);

        var fault = Assert.Throws<InferenceException>(() => Compare(result, reference, range: range));

        Assert.Equal(InferenceError.ParameterOutOfRange, fault.Error);
    }

    [Fact]
    public void Compare_Cancelled_Throws()
    {
        var volume = Zeros(new VolumeShape(1, 4, 4));

        Assert.Throws<OperationCanceledException>(() =>
            ImageMetrics.Compare(volume, volume, dataRange: 1, cancellation: new CancellationToken(canceled: true)));
    }

    private static ImageComparison Compare(MemoryVolume result, MemoryVolume reference, bool fit = false, double? range = null) =>
        ImageMetrics.Compare(result, reference, fit, range, null, TestContext.Current.CancellationToken);

    private static MemoryVolume Zeros(VolumeShape shape) => new(new VolumeInfo(shape, PixelType.Float32));

    private static MemoryVolume Reshape(MemoryVolume volume, VolumeShape shape)
    {
        var reshaped = new MemoryVolume(volume.Info with { Shape = shape });
        for (var i = 0; i < shape.PlaneCount; i++)
        {
            volume.Plane(i).CopyTo(reshaped.Plane(i));
        }

        return reshaped;
    }
}
