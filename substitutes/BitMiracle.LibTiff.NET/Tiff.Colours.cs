using BitMiracle.LibTiff.Classic.Internal;

namespace BitMiracle.LibTiff.Classic;

public partial class Tiff
{
    /// <summary>Whether the current image can be turned into red, green, blue and alpha.</summary>
    /// <param name="errorMsg">Why not; empty where it can.</param>
    /// <returns>True where it can.</returns>
    public bool RGBAImageOK(out string errorMsg)
    {
        if (Native.RgbaOk(_handle) != 0)
        {
            Report();
            errorMsg = "";
            return true;
        }

        errorMsg = LastMessage() ?? "unknown cause";
        return false;
    }

    /// <summary>Reads a strip as red, green, blue and alpha of 8 bits.</summary>
    /// <param name="row">First row of the strip.</param>
    /// <param name="raster">Width × rows pixels, the lowest row first, red in the lowest byte.</param>
    /// <returns>False where it cannot be read.</returns>
    public bool ReadRGBAStrip(int row, int[] raster)
    {
        ArgumentNullException.ThrowIfNull(raster);
        return Succeeded(Native.ReadRgbaStrip(_handle, (uint)row, raster, raster.Length));
    }

    /// <summary>Reads a tile as red, green, blue and alpha of 8 bits.</summary>
    /// <param name="col">First column of the tile.</param>
    /// <param name="row">First row of the tile.</param>
    /// <param name="raster">Width × height of a tile pixels, the lowest row first, red in the lowest byte.</param>
    /// <returns>False where it cannot be read.</returns>
    public bool ReadRGBATile(int col, int row, int[] raster)
    {
        ArgumentNullException.ThrowIfNull(raster);
        return Succeeded(Native.ReadRgbaTile(_handle, (uint)col, (uint)row, raster, raster.Length));
    }

    /// <summary>Takes a colour out of a pixel.</summary>
    /// <param name="abgr">The pixel.</param>
    /// <returns>0 to 255.</returns>
    public static int GetR(int abgr) => abgr & 0xFF;

    /// <inheritdoc cref="GetR"/>
    public static int GetG(int abgr) => (abgr >> 8) & 0xFF;

    /// <inheritdoc cref="GetR"/>
    public static int GetB(int abgr) => (abgr >> 16) & 0xFF;

    /// <inheritdoc cref="GetR"/>
    public static int GetA(int abgr) => (abgr >> 24) & 0xFF;
}
