using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>A layer of cells that do not overlap, with bright vesicles.</summary>
internal sealed class CellScene : IScene
{
    private const int Levels = 4;

    private readonly List<Cell> _cells = [];
    private readonly CapsuleScene _vesicles;

    internal CellScene(SceneGrid grid, SeededRandom random)
    {
        var field = grid.Field;
        var vesicles = new List<CapsuleBody>();

        // As many cells as find a place; the first lies in the middle, so that no sample is empty.
        var attempts = (int)Math.Clamp(field.X * field.Y, 40, 20_000);
        for (var i = 0; i < attempts; i++)
        {
            var centre = i == 0 ? field * new Vector3(0.5f, 0.5f, 0.5f) : grid.Position(random);
            centre.Z = field.Z * (float)random.NextUniform(0.42, 0.58);
            var radius = (float)random.NextUniform(3.2, 4.8);
            var cell = new Cell(random, centre, radius, Math.Min(0.42f * field.Z, 0.75f * radius) + 0.05f);
            if (_cells.Exists(cell.Overlaps))
            {
                continue;
            }

            _cells.Add(cell);
            for (var vesicle = 0; vesicle < 18; vesicle++)
            {
                var position = cell.PositionOfVesicle(random);
                var size = (float)random.NextUniform(0.10, 0.22);
                vesicles.Add(new CapsuleBody([new Capsule(position, position, size)], (float)random.NextUniform(0.5, 1.3)));
            }
        }

        _vesicles = new CapsuleScene(vesicles);
    }

    public void Draw(SceneGrid grid, int slice, float[] plane)
    {
        // A membrane is thinner than a slice: each slice is the mean of several levels.
        for (var level = 0; level < Levels; level++)
        {
            var z = grid.Z(slice + ((level + 0.5f) / Levels) - 0.5f);
            foreach (var cell in _cells)
            {
                cell.Draw(grid, z, 1f / Levels, plane);
            }
        }

        _vesicles.Draw(grid, slice, plane);
    }
}
