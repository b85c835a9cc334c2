using InferenceBridge.LibTiff.Tests.Support;

namespace InferenceBridge.LibTiff.Tests;

public class TileTests
{
    private const int Side = 16;

    [Theory]
    [InlineData(Compression.NONE, "w")]
    [InlineData(Compression.ADOBE_DEFLATE, "wb")]
    [InlineData(Compression.LZW, "w8")]
    public void WriteAndRead_Tiles_GiveSamePixels(Compression compression, string mode)
    {
        byte[] pixels = Image.Noise(6 * Side * Side * 2);
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, mode))
        {
            // 40×20 pixels: 3×2 tiles, those at the right and at the bottom reach over the edge.
            Image.Describe(tif, 40, 20, 16);
            Assert.True(tif.SetField(TiffTag.TILEWIDTH, Side));
            Assert.True(tif.SetField(TiffTag.TILELENGTH, Side));
            Assert.True(tif.SetField(TiffTag.COMPRESSION, compression));
            Assert.Equal(Side * Side * 2, tif.TileSize());
            for (int tile = 0; tile < 6; tile++)
                Assert.True(tif.WriteEncodedTile(tile, pixels, tile * Side * Side * 2, Side * Side * 2));
        }
        using Tiff read = Image.Open(file.Name, "r");
        var result = new byte[pixels.Length];

        Assert.True(read.IsTiled());
        Assert.Equal(6, read.NumberOfTiles());
        Assert.Equal(Side * 2, read.TileRowSize());
        Assert.Equal(4, read.ComputeTile(17, 16, 0, 0));
        Assert.False(read.CheckTile(40, 0, 0, 0));
        for (int tile = 0; tile < 6; tile++)
        {
            int x = tile % 3 * Side, y = tile / 3 * Side;
            Assert.Equal(Side * Side * 2, read.ReadTile(result, tile * Side * Side * 2, x, y, 0, 0));
        }
        Assert.Equal(pixels, result);
    }

    [Fact]
    public void WriteTile_ByPosition_IsReadByIndex()
    {
        byte[] pixels = Image.Noise(Side * Side);
        using var file = new TempFile();
        using (Tiff tif = Image.Open(file.Name, "w"))
        {
            Image.Describe(tif, 2 * Side, Side, 8);
            Assert.True(tif.SetField(TiffTag.TILEWIDTH, Side));
            Assert.True(tif.SetField(TiffTag.TILELENGTH, Side));
            Assert.Equal(Side * Side, tif.WriteTile(pixels, Side, 0, 0, 0));
        }
        using Tiff read = Image.Open(file.Name, "r");
        var result = new byte[Side * Side];

        Assert.Equal(Side * Side, read.ReadEncodedTile(1, result, 0, -1));
        Assert.Equal(pixels, result);
    }

    [Fact]
    public void SetField_TileWidthNotOfSixteen_IsRefused()
    {
        using var file = new TempFile();
        Messages messages = Messages.Capture();
        using Tiff tif = Image.Open(file.Name, "w");

        Assert.False(tif.SetField(TiffTag.TILEWIDTH, 17));
        Assert.Contains(messages.Errors, error => error.Contains("TileWidth", StringComparison.Ordinal));
    }
}
