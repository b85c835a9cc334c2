namespace InferenceBridge.Imaging;

/// <summary>What a chunk holds: whole planes, or some rows of one plane that is larger than a chunk may be.</summary>
/// <param name="FirstPlane">Number of the first plane (Z fastest, then C, then T).</param>
/// <param name="PlaneCount">Number of planes; 1 where only some rows are held.</param>
/// <param name="FirstRow">First row; 0 for whole planes.</param>
/// <param name="RowCount">Number of rows in each plane; the volume's height for whole planes.</param>
public readonly record struct ChunkRange(long FirstPlane, int PlaneCount, int FirstRow, int RowCount);
