namespace InferenceBridge.Imaging.Tests.Tiff;

public sealed class ChannelLutTests
{
    [Theory]
    [InlineData(255, 255, 255, "grey")]
    [InlineData(0, 255, 0, "green")]
    [InlineData(255, 0, 255, "magenta")]
    [InlineData(255, 128, 0, "#ff8000")]
    public void ToString_Ramp_IsItsColour(byte red, byte green, byte blue, string name)
    {
        var lut = ChannelLut.Ramp(red, green, blue);
        Assert.True(lut.TryGetRamp(out var colour));
        Assert.Equal((red, green, blue), colour);
        Assert.Equal(name, lut.ToString());
    }

    [Fact]
    public void TryGetRamp_OtherTable_IsNone()
    {
        Assert.False(MetadataSamples.Fire.TryGetRamp(out _));
        Assert.False(ChannelLut.Inverted.TryGetRamp(out _));
        Assert.Equal("custom", MetadataSamples.Fire.ToString());
    }

    [Fact]
    public void Constructor_WrongLength_IsRefused() => Assert.Throws<ArgumentException>(() => new ChannelLut(new byte[767]));
}
