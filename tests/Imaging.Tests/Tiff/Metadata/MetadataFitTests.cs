namespace InferenceBridge.Imaging.Tests.Tiff;

public sealed class MetadataFitTests
{
    private static readonly VolumeInfo Before = new(new VolumeShape(1, 2, 3, 8, 8), PixelType.UInt16) { ChannelNames = ["a", "b"] };

    private static readonly ImageMetadata Metadata = MetadataSamples.Full(Before.Shape) with
    {
        DescriptionLines = [new("cf", "0"), new("xorigin", "1"), new("fps", "7")],
    };

    [Fact]
    public void FitTo_SameShape_KeepsEverything()
    {
        var fitted = Metadata.FitTo(Before, Before);
        MetadataSamples.AssertSame(Metadata, fitted.Metadata);
        Assert.Empty(fitted.Warnings);
    }

    [Fact]
    public void FitTo_OtherChannels_DropsWhatIsOfChannelsAndSaysSo()
    {
        var fitted = Metadata.FitTo(Before, Before with { Shape = Before.Shape with { Channels = 1 } });
        Assert.Empty(fitted.Metadata.Luts);
        Assert.Empty(fitted.Metadata.DisplayRanges);
        Assert.Empty(fitted.Metadata.SliceLabels);
        Assert.Empty(fitted.Metadata.Overlay);
        Assert.Equal(Metadata.Info, fitted.Metadata.Info);
        Assert.Equal(3, fitted.Metadata.Roi.Length);
        Assert.Equal(5, fitted.Warnings.Count);
        Assert.Contains("The display ranges were left out, since the result has 1 channel and the image 2.", fitted.Warnings);
    }

    [Fact]
    public void FitTo_OtherDepth_KeepsLutsAndRanges()
    {
        var fitted = Metadata.FitTo(Before, Before with { Shape = Before.Shape with { Depth = 1 } });
        Assert.Equal(2, fitted.Metadata.Luts.Count);
        Assert.Equal(2, fitted.Metadata.DisplayRanges.Count);
        Assert.Empty(fitted.Metadata.SliceLabels);
        Assert.Equal(["cf", "fps"], fitted.Metadata.DescriptionLines.Select(line => line.Key));
    }

    [Fact]
    public void FitTo_OtherArea_DropsSelectionAndOverlay()
    {
        var fitted = Metadata.FitTo(Before, Before with { Shape = Before.Shape with { Width = 16 } });
        Assert.True(fitted.Metadata.Roi.IsEmpty);
        Assert.Empty(fitted.Metadata.Overlay);
        Assert.Equal(6, fitted.Metadata.SliceLabels.Count);
    }

    [Fact]
    public void FitTo_OtherPixelType_DropsTheCalibrationOfIntensities()
    {
        var fitted = Metadata.FitTo(Before, Before with { PixelType = PixelType.Float32 });
        Assert.Equal(["xorigin", "fps"], fitted.Metadata.DescriptionLines.Select(line => line.Key));
        Assert.Contains("float32", Assert.Single(fitted.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 4000, 500, 90, 3600, 498, true)] // denoised
    [InlineData(100, 4000, 500, 0, 60000, 505, true)] // deconvolved: peaks rise, the mean stays
    [InlineData(100, 4000, 500, 0, 3800, 60, true)] // background subtracted
    [InlineData(0, 0, 0, 0, 0, 0, true)] // empty
    [InlineData(100, 4000, 500, 7, 7, 7, true)] // nothing found
    [InlineData(100, 4000, 500, 0, 1, 0.1, false)] // normalised
    [InlineData(100, 4000, 500, 1, 37, 2, false)] // labels
    [InlineData(0, 1, 0.1, 0, 65535, 6000, false)] // stretched
    public void FitRanges_ChannelOfAScale_KeepsItsRangeOrTakesTheResults(
        double minimum, double maximum, double mean, double newMinimum, double newMaximum, double newMean, bool kept)
    {
        var metadata = new ImageMetadata { DisplayRanges = [new DisplayRange(150, 900)] };
        var fitted = metadata.FitRanges(
            [new IntensityStatistics(minimum, maximum, mean, 1)], [new IntensityStatistics(newMinimum, newMaximum, newMean, 1)]);
        Assert.Equal(kept ? new DisplayRange(150, 900) : new DisplayRange(newMinimum, newMaximum), Assert.Single(fitted.Metadata.DisplayRanges));
        Assert.Equal(kept ? 0 : 1, fitted.Warnings.Count);
    }

    [Fact]
    public void FitRanges_OtherNumberOfChannels_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ImageMetadata { DisplayRanges = [new DisplayRange(0, 1)] }.FitRanges([], []));
}
