namespace InferenceBridge.Models;

/// <summary>The tiles of a frame: as many of the wanted side as fit along each axis, at least one, and evenly spread; together they cover it.</summary>
internal sealed class FrameTiles
{
    private readonly int _frameWidth;

    /// <param name="height">Rows of the frame.</param>
    /// <param name="width">Columns of the frame.</param>
    /// <param name="side">Wanted side of the tiles.</param>
    public FrameTiles(int height, int width, int side)
        : this(height, width, Math.Max(1, height / side), Math.Max(1, width / side))
    {
    }

    private FrameTiles(int height, int width, int rows, int columns)
    {
        _frameWidth = width;
        (Rows, Columns) = (rows, columns);
        (Height, Width) = ((height + Rows - 1) / Rows, (width + Columns - 1) / Columns);
        FrameHeight = height;
    }

    /// <summary>Rows of tiles.</summary>
    public int Rows { get; }

    /// <summary>Columns of tiles.</summary>
    public int Columns { get; }

    /// <summary>Rows of a tile.</summary>
    public int Height { get; }

    /// <summary>Columns of a tile.</summary>
    public int Width { get; }

    /// <summary>Number of tiles.</summary>
    public int Count => Rows * Columns;

    private int FrameHeight { get; }

    /// <summary>Two by two tiles.</summary>
    /// <param name="height">Rows of the frame, 2 or more.</param>
    /// <param name="width">Columns of the frame, likewise.</param>
    public static FrameTiles Quarters(int height, int width) => new(height, width, 2, 2);

    /// <summary>Copies a tile.</summary>
    /// <param name="frame">All pixels of the frame.</param>
    /// <param name="index">Number of the tile, columns fastest.</param>
    public float[] Cut(float[] frame, int index)
    {
        if (Count == 1)
        {
            return frame;
        }

        // The last tile of a row ends with the frame, and shares up to a few pixels with its neighbour.
        var top = Math.Min(index / Columns * Height, FrameHeight - Height);
        var left = Math.Min(index % Columns * Width, _frameWidth - Width);
        var tile = new float[Height * Width];
        for (var row = 0; row < Height; row++)
        {
            frame.AsSpan(((top + row) * _frameWidth) + left, Width).CopyTo(tile.AsSpan(row * Width));
        }

        return tile;
    }
}
