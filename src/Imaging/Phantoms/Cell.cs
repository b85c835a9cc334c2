using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>One cell: a lobed, flattened body around a nucleus.</summary>
internal sealed class Cell
{
    private const float MembraneThickness = 0.16f;

    private readonly Vector3 _centre;
    private readonly Vector3 _radii;
    private readonly float _cosine;
    private readonly float _sine;
    private readonly float[] _lobes;
    private readonly Vector3 _nucleusCentre;
    private readonly Vector3 _nucleusRadii;
    private readonly Vector3[] _nucleoli;
    private readonly ValueNoise _texture;
    private readonly float _brightness;

    internal Cell(SeededRandom random, Vector3 centre, float radius, float height)
    {
        (_centre, Radius) = (centre, radius * 1.3f);
        _radii = new Vector3(radius * (float)random.NextUniform(0.85, 1.15), radius * (float)random.NextUniform(0.75, 1), height);
        (_sine, _cosine) = ((float, float))Math.SinCos(random.NextUniform(0, 2 * Math.PI));
        _lobes = [.. Enumerable.Range(0, 6).Select(_ => (float)random.NextUniform(-0.09, 0.09))];
        _nucleusRadii = new Vector3(0.46f, 0.42f, 0.62f) * _radii;
        _nucleusCentre = new Vector3((float)random.NextUniform(-0.15, 0.15), (float)random.NextUniform(-0.15, 0.15), 0) * _radii;
        _nucleoli = [.. Enumerable.Range(0, 3).Select(_ => _nucleusCentre + (CurveWalk.Direction(random) * 0.45f * _nucleusRadii))];
        _texture = new ValueNoise(random.NextBits());
        _brightness = (float)random.NextUniform(0.7, 1);
    }

    /// <summary>Radius of a circle around the cell, in µm.</summary>
    internal float Radius { get; }

    internal bool Overlaps(Cell other)
    {
        var (dx, dy) = (_centre.X - other._centre.X, _centre.Y - other._centre.Y);
        return MathF.Sqrt((dx * dx) + (dy * dy)) < 0.8f * (Radius + other.Radius);
    }

    /// <summary>A place in the cytoplasm, in µm.</summary>
    internal Vector3 PositionOfVesicle(SeededRandom random)
    {
        while (true)
        {
            var local = CurveWalk.Direction(random) * (float)random.NextUniform(0.5, 0.85) * _radii;
            if (((local - _nucleusCentre) / _nucleusRadii).LengthSquared() > 1.4f)
            {
                return _centre + new Vector3((_cosine * local.X) - (_sine * local.Y), (_sine * local.X) + (_cosine * local.Y), local.Z);
            }
        }
    }

    /// <summary>Adds what lies at the height <paramref name="z"/> in µm, times a factor.</summary>
    internal void Draw(SceneGrid grid, float z, float factor, float[] plane)
    {
        if (Math.Abs(z - _centre.Z) > _radii.Z * 1.3f)
        {
            return;
        }

        var (firstRow, endRow) = grid.Rows(_centre.Y - Radius, _centre.Y + Radius);
        var (firstColumn, endColumn) = grid.Columns(_centre.X - Radius, _centre.X + Radius);
        for (var row = firstRow; row < endRow; row++)
        {
            for (var column = firstColumn; column < endColumn; column++)
            {
                plane[(row * grid.Width) + column] +=
                    factor * Fluorescence(new Vector3(grid.X(column), grid.Y(row), z), grid.Pitch);
            }
        }
    }

    private float Fluorescence(Vector3 position, float softness)
    {
        var offset = position - _centre;
        var local = new Vector3((_cosine * offset.X) + (_sine * offset.Y), (_cosine * offset.Y) - (_sine * offset.X), offset.Z);
        var scaled = local / _radii;
        var distance = scaled.Length();
        if (distance > 1.3f)
        {
            return 0;
        }

        var depth = Depth(Surface(scaled), scaled, _radii);
        var inside = Edge(depth, softness);
        if (inside <= 0)
        {
            return 0;
        }

        var wall = 1 - Edge(depth - MembraneThickness, softness);
        var nuclear = Nucleus(local, softness, out var chromatin);
        var cytoplasm = 0.10f + (0.16f * _texture.At(local * 1.6f));
        var light = (cytoplasm * (1 - nuclear)) + (chromatin * nuclear) + (0.40f * wall);
        return _brightness * inside * light;
    }

    private float Nucleus(Vector3 local, float softness, out float chromatin)
    {
        chromatin = 0;
        var from = local - _nucleusCentre;
        var depth = Depth(1, from / _nucleusRadii, _nucleusRadii);
        var inside = Edge(depth, softness);
        if (inside <= 0)
        {
            return 0;
        }

        var grain = _texture.At((local * 2.4f) + new Vector3(91));
        chromatin = 0.40f + (1.0f * grain * grain) + (depth < 0.25f ? 0.12f : 0);
        foreach (var nucleolus in _nucleoli)
        {
            chromatin *= 1 - (0.75f * Edge(0.42f - Vector3.Distance(local, nucleolus), 0.15f));
        }

        return inside;
    }

    private float Surface(Vector3 scaled)
    {
        var angle = MathF.Atan2(scaled.Y, scaled.X);
        var flat = scaled.X == 0 && scaled.Y == 0 ? 0 : MathF.Sqrt((scaled.X * scaled.X) + (scaled.Y * scaled.Y)) / scaled.Length();
        var lobes = 0f;
        for (var i = 0; i < _lobes.Length; i += 2)
        {
            var (sine, cosine) = MathF.SinCos(angle * (2 + (i / 2)));
            lobes += (_lobes[i] * cosine) + (_lobes[i + 1] * sine);
        }

        return 1 + (flat * lobes);
    }

    // Distance to the surface in µm, to first order: the excess over the length of its gradient. Flat cells need this.
    private static float Depth(float surface, Vector3 scaled, Vector3 radii)
    {
        var distance = scaled.Length();
        return distance < 1e-3f ? surface * radii.Z : (surface - distance) * distance / (scaled / radii).Length();
    }

    private static float Edge(float depth, float softness) => Math.Clamp(0.5f + (depth / softness), 0, 1);
}
