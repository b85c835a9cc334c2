namespace InferenceBridge.Models;

/// <summary>A frame cut evenly into tiles of about a wanted size, at least one along each axis.</summary>
/// <param name="Height">Rows of the frame.</param>
/// <param name="Width">Columns of the frame.</param>
/// <param name="TileSize">Wanted size of a tile in px, at least 1.</param>
internal readonly record struct TileGrid(int Height, int Width, int TileSize)
{
    /// <summary>Rows of tiles.</summary>
    public int Rows { get; } = Count(Height, TileSize);

    /// <summary>Columns of tiles.</summary>
    public int Columns { get; } = Count(Width, TileSize);

    /// <summary>Number of tiles.</summary>
    public int TileCount => Rows * Columns;

    /// <summary>First pixel row of a row of tiles; that of <see cref="Rows"/> is the height.</summary>
    public int Top(int row) => (int)((long)Height * row / Rows);

    /// <summary>First pixel column of a column of tiles; that of <see cref="Columns"/> is the width.</summary>
    public int Left(int column) => (int)((long)Width * column / Columns);

    /// <summary>The row of tiles that holds a row of pixels.</summary>
    public int RowOf(int y) => Holder(y, Height, Rows);

    /// <summary>The column of tiles that holds a column of pixels.</summary>
    public int ColumnOf(int x) => Holder(x, Width, Columns);

    private static int Count(int size, int tile) => Math.Max(1, (int)((size + (tile / 2L)) / tile));

    // The last of count parts that begins at or before a place.
    private static int Holder(int at, int size, int count) => (int)((((long)at + 1) * count - 1) / size);
}
