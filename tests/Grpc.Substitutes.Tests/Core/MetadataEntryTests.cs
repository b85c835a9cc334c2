using Grpc.Core;

namespace InferenceBridge.Grpc.Substitutes.Tests.Core;

public class MetadataEntryTests
{
    [Fact]
    public void Text_Read_GivesTextAndItsBytes()
    {
        var entry = new Metadata.Entry("key", "AZ");

        Assert.False(entry.IsBinary);
        Assert.Equal("AZ", entry.Value);
        Assert.Equal([65, 90], entry.ValueBytes);
        Assert.Equal("[Entry: key=key, value=AZ]", entry.ToString());
    }

    [Fact]
    public void Binary_Read_GivesBytesAndNoText()
    {
        var entry = new Metadata.Entry("key-bin", [0, 255]);

        Assert.True(entry.IsBinary);
        Assert.Equal([0, 255], entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Fact]
    public void Binary_ArraysChangedByTheCaller_KeepsItsBytes()
    {
        byte[] given = [1, 2];
        var entry = new Metadata.Entry("key-bin", given);

        given[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.Equal([1, 2], entry.ValueBytes);
    }

    [Theory]
    [InlineData("a-Z_0.9")]
    [InlineData("x")]
    public void Key_OfAllowedCharacters_IsAccepted(string key) =>
        Assert.Equal(key.Replace('Z', 'z'), new Metadata.Entry(key, "").Key);

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("ä")]
    [InlineData("a\n")]
    [InlineData("a-bin")]
    [InlineData("a-BIN")]
    public void Key_UnfitForText_Throws(string key) =>
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));

    [Theory]
    [InlineData("a")]
    [InlineData("a b-bin")]
    public void Key_UnfitForBytes_Throws(string key) =>
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, [1]));

    [Fact]
    public void Constructor_Null_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry(null!, "a"));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("a", (string)null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("a-bin", (byte[])null!));
    }
}
