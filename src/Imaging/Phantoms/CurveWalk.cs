using System.Numerics;

namespace InferenceBridge.Imaging;

/// <summary>Curves that wander through space as stiff polymers and organelles do.</summary>
internal static class CurveWalk
{
    /// <summary>Draws a curve as a chain of capsules.</summary>
    /// <param name="random">Source of chance.</param>
    /// <param name="start">Where it starts, in µm.</param>
    /// <param name="direction">Where it heads first.</param>
    /// <param name="length">Its length in µm.</param>
    /// <param name="radius">Its radius in µm.</param>
    /// <param name="bending">Change of direction in radians for each square root of µm.</param>
    /// <param name="flatness">How much it keeps out of the direction of z: 0 not at all, 1 wholly.</param>
    internal static List<Capsule> Draw(
        SeededRandom random, Vector3 start, Vector3 direction, double length, double radius, double bending, double flatness)
    {
        const double step = 0.15;
        var steps = Math.Max(1, (int)(length / step));
        var capsules = new List<Capsule>(steps);
        var keep = new Vector3(1, 1, (float)(1 - flatness));
        var heading = Vector3.Normalize(direction);

        // A slow drift of the curvature makes arcs, as opposed to a jitter.
        var turn = Vector3.Zero;
        for (var i = 0; i < steps; i++)
        {
            turn = (0.8f * turn) + ((float)(0.6 * bending * Math.Sqrt(step)) * Direction(random));
            heading = Vector3.Normalize((heading + turn) * keep);
            var end = start + (heading * (float)step);
            capsules.Add(new Capsule(start, end, (float)(radius * (1 + (0.15 * Math.Sin(i * 0.7))))));
            start = end;
        }

        return capsules;
    }

    /// <summary>A direction, all equally likely.</summary>
    internal static Vector3 Direction(SeededRandom random)
    {
        while (true)
        {
            var vector = new Vector3((float)random.NextGaussian(), (float)random.NextGaussian(), (float)random.NextGaussian());
            if (vector.LengthSquared() > 1e-6f)
            {
                return Vector3.Normalize(vector);
            }
        }
    }
}
