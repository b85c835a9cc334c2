namespace InferenceBridge.Models;

/// <summary>What was found for every tile of a frame: the result "image" of a frame, so that the frame itself need not travel back.</summary>
/// <param name="Channels">Channels: one for each metric, or defocus, its standard deviation and the tile's weight.</param>
/// <param name="Height">Rows of tiles.</param>
/// <param name="Width">Columns of tiles.</param>
/// <param name="Values">X fastest, then Y, then channels.</param>
internal sealed record FocusMap(int Channels, int Height, int Width, float[] Values);
