using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>One body made of capsules, evenly filled: where they overlap it is no brighter.</summary>
/// <param name="capsules">Its parts.</param>
/// <param name="brightness">Fluorophores in a voxel that lies wholly inside.</param>
internal sealed class CapsuleBody(IReadOnlyList<Capsule> capsules, float brightness)
{
    private readonly float _lowest = capsules.Min(c => Math.Min(c.Start.Z, c.End.Z) - c.Radius);
    private readonly float _highest = capsules.Max(c => Math.Max(c.Start.Z, c.End.Z) + c.Radius);

    /// <summary>Adds the body's part in one slice.</summary>
    /// <param name="grid">The voxels.</param>
    /// <param name="slice">Slice of the grid.</param>
    /// <param name="plane">Where to add.</param>
    /// <param name="scratch">As large as the plane, zero before and after.</param>
    internal void Draw(SceneGrid grid, int slice, float[] plane, float[] scratch)
    {
        // Slices lie farther apart than columns: each is the mean of several levels.
        var levels = Math.Clamp((int)Math.Ceiling(grid.SlicePitch / grid.Pitch), 1, 16);
        var reach = Math.Max(grid.SlicePitch, grid.Pitch);
        if (grid.Z(slice) < _lowest - reach || grid.Z(slice) > _highest + reach)
        {
            return;
        }

        for (var level = 0; level < levels; level++)
        {
            var z = grid.Z(slice + ((level + 0.5f) / levels) - 0.5f);
            foreach (var capsule in capsules)
            {
                Cover(grid, capsule, z, scratch);
            }

            foreach (var capsule in capsules)
            {
                Move(grid, capsule, z, scratch, plane, brightness / levels);
            }
        }
    }

    private static (int FirstRow, int EndRow, int FirstColumn, int EndColumn) Bounds(SceneGrid grid, Capsule capsule, float z)
    {
        var reach = Radius(grid, capsule) + (grid.Pitch / 2);
        if (z < Math.Min(capsule.Start.Z, capsule.End.Z) - reach || z > Math.Max(capsule.Start.Z, capsule.End.Z) + reach)
        {
            return default;
        }

        var (firstRow, endRow) = grid.Rows(Math.Min(capsule.Start.Y, capsule.End.Y) - reach, Math.Max(capsule.Start.Y, capsule.End.Y) + reach);
        var (firstColumn, endColumn) = grid.Columns(Math.Min(capsule.Start.X, capsule.End.X) - reach, Math.Max(capsule.Start.X, capsule.End.X) + reach);
        return (firstRow, endRow, firstColumn, endColumn);
    }

    // What is thinner than a voxel would fall between voxel centres.
    private static float Radius(SceneGrid grid, Capsule capsule) => Math.Max(capsule.Radius, grid.Pitch / 2);

    private static void Cover(SceneGrid grid, Capsule capsule, float z, float[] scratch)
    {
        var (firstRow, endRow, firstColumn, endColumn) = Bounds(grid, capsule, z);
        var radius = Radius(grid, capsule);
        for (var row = firstRow; row < endRow; row++)
        {
            for (var column = firstColumn; column < endColumn; column++)
            {
                var distance = capsule.DistanceToAxis(new Vector3(grid.X(column), grid.Y(row), z));
                var covered = Math.Clamp(0.5f + ((radius - distance) / grid.Pitch), 0, 1);
                ref var voxel = ref scratch[(row * grid.Width) + column];
                voxel = Math.Max(voxel, covered);
            }
        }
    }

    private static void Move(SceneGrid grid, Capsule capsule, float z, float[] scratch, float[] plane, float factor)
    {
        var (firstRow, endRow, firstColumn, endColumn) = Bounds(grid, capsule, z);
        for (var row = firstRow; row < endRow; row++)
        {
            for (var i = (row * grid.Width) + firstColumn; i < (row * grid.Width) + endColumn; i++)
            {
                plane[i] += scratch[i] * factor;
                scratch[i] = 0;
            }
        }
    }
}
