namespace InferenceBridge.Imaging.Tests;

public class UnitsTests
{
    [Theory]
    [InlineData("\u00B5m", 1)]
    [InlineData("\u03BCm", 1)]
    [InlineData("\\u00B5m", 1)]
    [InlineData(" Micron ", 1)]
    [InlineData("um", 1)]
    [InlineData("nm", 1e-3)]
    [InlineData("mm", 1000)]
    [InlineData("\u00C5", 1e-4)]
    [InlineData("\u212B", 1e-4)]
    [InlineData("inch", 25400)]
    public void TryGetMicrometres_Length_IsKnown(string unit, double expected)
    {
        Assert.True(LengthUnits.TryGetMicrometres(unit, out var actual));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("pixel")]
    [InlineData("")]
    [InlineData("sec")]
    public void TryGetMicrometres_NoLength_IsUnknown(string unit) => Assert.False(LengthUnits.TryGetMicrometres(unit, out _));

    [Theory]
    [InlineData("sec", 1)]
    [InlineData("ms", 1e-3)]
    [InlineData("Minutes", 60)]
    public void TryGetSeconds_Time_IsKnown(string unit, double expected)
    {
        Assert.True(TimeUnits.TryGetSeconds(unit, out var actual));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void VoxelSizeMicrometres_Nanometres_AreConverted()
    {
        var calibration = new Calibration { VoxelWidth = 100, VoxelHeight = 120, VoxelDepth = 300, Unit = "nm", FrameInterval = 20, TimeUnit = "ms" };

        var (x, y, z) = calibration.VoxelSizeMicrometres!.Value;

        Assert.Equal((0.1, 0.12, 0.3), (Math.Round(x, 12), Math.Round(y, 12), Math.Round(z, 12)));
        Assert.Equal(0.02, calibration.FrameIntervalSeconds!.Value, 1e-12);
        Assert.Null(Calibration.None.VoxelSizeMicrometres);
        Assert.Null(Calibration.None.FrameIntervalSeconds);
    }
}
