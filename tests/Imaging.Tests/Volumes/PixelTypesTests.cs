namespace InferenceBridge.Imaging.Tests;

public class PixelTypesTests
{
    [Fact]
    public void TryParse_EveryAcceptedName_RoundTrips()
    {
        var names = PixelTypes.Accepted.Split(", ");

        Assert.Equal(Enum.GetValues<PixelType>().Length, names.Length);
        foreach (var name in names)
        {
            Assert.True(PixelTypes.TryParse(name.ToUpperInvariant(), out var type));
            Assert.Equal(name, type.Name());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("2")]
    [InlineData("+2")]
    [InlineData("uint8,uint16")] // combined bits would make int16
    [InlineData("float16")]
    public void TryParse_NoName_IsRefused(string name) => Assert.False(PixelTypes.TryParse(name, out _));

    [Fact]
    public void BytesPerPixel_NoMember_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ((PixelType)0).BytesPerPixel());
}
