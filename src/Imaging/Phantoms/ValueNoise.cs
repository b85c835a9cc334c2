using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>A smooth random texture: random numbers on a lattice, blended between its points.</summary>
internal sealed class ValueNoise(ulong seed)
{
    /// <summary>Mean of two octaves, 0 to 1.</summary>
    /// <param name="position">Position in units of the coarser lattice.</param>
    internal float At(Vector3 position) => (0.65f * Octave(position)) + (0.35f * Octave((2.03f * position) + new Vector3(17.3f)));

    private static float Blend(float a, float b, float t) => a + ((b - a) * t * t * (3 - (2 * t)));

    private float Octave(Vector3 position)
    {
        var (x, y, z) = (MathF.Floor(position.X), MathF.Floor(position.Y), MathF.Floor(position.Z));
        var (dx, dy, dz) = (position.X - x, position.Y - y, position.Z - z);
        var (i, j, k) = ((int)x, (int)y, (int)z);
        return Blend(
            Blend(Blend(Lattice(i, j, k), Lattice(i + 1, j, k), dx), Blend(Lattice(i, j + 1, k), Lattice(i + 1, j + 1, k), dx), dy),
            Blend(Blend(Lattice(i, j, k + 1), Lattice(i + 1, j, k + 1), dx), Blend(Lattice(i, j + 1, k + 1), Lattice(i + 1, j + 1, k + 1), dx), dy),
            dz);
    }

    private float Lattice(int x, int y, int z)
    {
        var state = seed + ((ulong)(uint)x * 0x8CB92BA72F3D8DD7) + ((ulong)(uint)y * 0xD6E8FEB86659FD93) + ((ulong)(uint)z * 0xA0761D6478BD642F);
        return (SeededRandom.SplitMix(ref state) >> 40) * (1f / (1 << 24));
    }
}
