using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>
/// The voxels on which a specimen is drawn: the field of view and a margin from which light is blurred into it. Positions
/// are in µm from the corner of the field of view.
/// </summary>
internal sealed class SceneGrid(PhantomOptions options, Halo margin)
{
    internal int Depth => options.Depth + (2 * margin.Z);

    internal int Height => options.Height + (2 * margin.Y);

    internal int Width => options.Width + (2 * margin.X);

    /// <summary>Distance of columns and rows in µm.</summary>
    internal float Pitch => (float)options.VoxelSizeXY;

    /// <summary>Distance of slices in µm.</summary>
    internal float SlicePitch => (float)options.VoxelSizeZ;

    /// <summary>Size of the field of view in µm.</summary>
    internal Vector3 Field => new(options.Width * Pitch, options.Height * Pitch, options.Depth * SlicePitch);

    /// <summary>Size of the margin in µm.</summary>
    internal Vector3 Margin => new(margin.X * Pitch, margin.Y * Pitch, margin.Z * SlicePitch);

    internal float X(float column) => (column - margin.X + 0.5f) * Pitch;

    internal float Y(float row) => (row - margin.Y + 0.5f) * Pitch;

    internal float Z(float slice) => (slice - margin.Z + 0.5f) * SlicePitch;

    /// <summary>Columns whose centres lie between two positions.</summary>
    internal (int First, int End) Columns(float low, float high) => Range(low / Pitch, high / Pitch, margin.X, Width);

    /// <summary>Rows whose centres lie between two positions.</summary>
    internal (int First, int End) Rows(float low, float high) => Range(low / Pitch, high / Pitch, margin.Y, Height);

    /// <summary>A random position in the field of view.</summary>
    internal Vector3 PositionInField(SeededRandom random) => new Vector3(
        (float)random.NextUniform(), (float)random.NextUniform(), (float)random.NextUniform()) * Field;

    /// <summary>A random position in the field of view and its margin.</summary>
    internal Vector3 Position(SeededRandom random) => new Vector3(
        (float)random.NextUniform(), (float)random.NextUniform(), (float)random.NextUniform()) * (Field + (2 * Margin)) - Margin;

    /// <summary>How many objects to draw at a density, at least one and no more than anyone could tell apart.</summary>
    internal int Count(double perCubicMicrometre)
    {
        var size = Field + (2 * Margin);
        return (int)Math.Clamp(perCubicMicrometre * size.X * size.Y * size.Z, 1, 100_000);
    }

    private static (int First, int End) Range(float low, float high, int margin, int size)
    {
        var first = Math.Clamp(Math.Ceiling(low + margin - 0.5f), 0, size);
        var end = Math.Clamp(Math.Floor(high + margin - 0.5f) + 1, first, size);
        return ((int)first, (int)end);
    }
}
