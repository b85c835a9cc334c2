namespace InferenceBridge.Imaging;

/// <summary>One piece of work in a stack.</summary>
/// <param name="Core">The voxels that the tile yields. The cores of all tiles cover the stack without overlap.</param>
/// <param name="Input">
/// The core grown by the halo and cut at the stack's faces: where it is cut, the operation's own edge handling applies,
/// exactly as for the whole stack.
/// </param>
public readonly record struct Tile(Box Core, Box Input);
