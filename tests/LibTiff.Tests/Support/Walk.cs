namespace InferenceBridge.LibTiff.Tests.Support;

/// <summary>Reads all that a file offers, whatever comes of it.</summary>
internal static class Walk
{
    private const int MaxBytes = 64 << 20;

    /// <returns>The number of strips and tiles that could be decoded.</returns>
    public static int Everything(Tiff tif)
    {
        int decoded = 0;
        int pages = 0;
        do
        {
            foreach (TiffTag tag in Enum.GetValues<TiffTag>())
            {
                tif.GetField(tag);
                tif.GetFieldDefaulted(tag);
            }
            for (int tag = 50_800; tag < 50_900; tag++)
                tif.GetField((TiffTag)tag);
            decoded += tif.IsTiled() ? Tiles(tif) : Strips(tif);
        }
        while (++pages < 1000 && tif.ReadDirectory());
        return decoded;
    }

    private static int Strips(Tiff tif)
    {
        int size = tif.StripSize();
        if (size is <= 0 or > MaxBytes)
            return 0;
        var buffer = new byte[size];
        int decoded = 0;
        for (int strip = 0; strip < Math.Min(tif.NumberOfStrips(), 1000); strip++)
            decoded += tif.ReadEncodedStrip(strip, buffer, 0, -1) > 0 ? 1 : 0;
        return decoded;
    }

    private static int Tiles(Tiff tif)
    {
        int size = tif.TileSize();
        if (size is <= 0 or > MaxBytes)
            return 0;
        var buffer = new byte[size];
        int decoded = 0;
        for (int tile = 0; tile < Math.Min(tif.NumberOfTiles(), 1000); tile++)
            decoded += tif.ReadEncodedTile(tile, buffer, 0, -1) > 0 ? 1 : 0;
        return decoded;
    }
}
