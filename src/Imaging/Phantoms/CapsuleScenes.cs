using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>Places beads, tubules and filaments. Sizes and densities are those of common preparations, in µm.</summary>
internal static class CapsuleScenes
{
    internal static CapsuleScene Beads(SceneGrid grid, SeededRandom random)
    {
        var bodies = new List<CapsuleBody>();
        var count = grid.Count(0.06);
        for (var i = 0; i < count; i++)
        {
            // The first lies in the field of view, so that no sample is empty.
            var centre = i == 0 ? grid.PositionInField(random) : grid.Position(random);
            var large = random.NextUniform() < 0.08;
            var radius = large ? random.NextUniform(0.3, 0.5) : 0.1;
            var brightness = (large ? 0.12 : 1) * random.NextUniform(0.6, 1);
            bodies.Add(new CapsuleBody([new Capsule(centre, centre, (float)radius)], (float)brightness));
        }

        return new CapsuleScene(bodies);
    }

    internal static CapsuleScene Tubules(SceneGrid grid, SeededRandom random)
    {
        var bodies = new List<CapsuleBody>();
        var count = grid.Count(0.012);
        for (var i = 0; i < count; i++)
        {
            var radius = random.NextUniform(0.14, 0.24);
            var start = i == 0 ? grid.PositionInField(random) : grid.Position(random);
            var tubule = CurveWalk.Draw(random, start, CurveWalk.Direction(random), random.NextUniform(3, 11), radius, 0.55, 0.35);
            var stem = tubule.Count;
            for (var branches = random.NextUniform(); branches < 0.5; branches += 0.25)
            {
                var from = tubule[(int)random.NextUniform(0, stem)].Start;
                tubule.AddRange(CurveWalk.Draw(random, from, CurveWalk.Direction(random), random.NextUniform(1.5, 5), radius * 0.9, 0.55, 0.35));
            }

            bodies.Add(new CapsuleBody(tubule, (float)random.NextUniform(0.45, 1)));
        }

        return new CapsuleScene(bodies);
    }

    internal static CapsuleScene Filaments(SceneGrid grid, SeededRandom random)
    {
        var bodies = new List<CapsuleBody>();
        var centres = grid.Count(0.0009);
        for (var i = 0; i < centres; i++)
        {
            var centre = i == 0 ? grid.PositionInField(random) : grid.Position(random);
            for (var filament = 0; filament < 28; filament++)
            {
                var direction = CurveWalk.Direction(random);
                var start = centre + (direction * (float)random.NextUniform(0.2, 1.2));
                var curve = CurveWalk.Draw(random, start, direction * new Vector3(1, 1, 0.6f), random.NextUniform(4, 18), 0.03, 0.16, 0.12);
                bodies.Add(new CapsuleBody(curve, (float)random.NextUniform(0.7, 1)));
            }
        }

        return new CapsuleScene(bodies);
    }
}
