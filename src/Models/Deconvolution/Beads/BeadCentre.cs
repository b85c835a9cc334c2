namespace InferenceBridge.Models;

/// <summary>
/// Sub-voxel centres: the point around which light under a Gaussian window of the spot's own width balances. For noise that does
/// not depend on the signal that is about as good as a fit.
/// </summary>
internal static class BeadCentre
{
    private const double StandardDeviationsOfFwhm = 2.354820045030949;
    private const int MaximumRounds = 40;
    private const double Settled = 1e-3;

    public static Position Refine(BeadStack stack, Position voxel, Position width)
    {
        var sigma = new Position(Sigma(width.Z), Sigma(width.Y), Sigma(width.X));
        var centre = voxel;
        for (var round = 0; round < MaximumRounds; round++)
        {
            var moved = Step(stack, centre, sigma);

            // The window pulls the balance towards itself by a half: twice the step is the whole way.
            var next = new Position(
                Limit(centre.Z + (2 * (moved.Z - centre.Z)), voxel.Z, sigma.Z), Limit(centre.Y + (2 * (moved.Y - centre.Y)), voxel.Y, sigma.Y),
                Limit(centre.X + (2 * (moved.X - centre.X)), voxel.X, sigma.X));
            var isSettled = next.IsWithin(centre, new Position(Settled, Settled, Settled));
            centre = next;
            if (isSettled)
            {
                break;
            }
        }

        return centre;
    }

    private static double Sigma(double width) => Math.Max(0.8, (double.IsNaN(width) ? 3 : width) / StandardDeviationsOfFwhm);

    private static double Limit(double value, double start, double sigma) => Math.Clamp(value, start - sigma - 1, start + sigma + 1);

    private static Position Step(BeadStack stack, Position centre, Position sigma)
    {
        var (sum, z, y, x) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (i, a) in Window(centre.Z, sigma.Z, stack.Shape.Depth))
        {
            foreach (var (j, b) in Window(centre.Y, sigma.Y, stack.Shape.Height))
            {
                foreach (var (k, c) in Window(centre.X, sigma.X, stack.Shape.Width))
                {
                    var light = a * b * c * (stack[i, j, k] - stack.Background);
                    (sum, z, y, x) = (sum + light, z + (light * i), y + (light * j), x + (light * k));
                }
            }
        }

        return sum > 0 ? new Position(z / sum, y / sum, x / sum) : centre;
    }

    private static (int Index, double Weight)[] Window(double centre, double sigma, int size)
    {
        var (first, last) = (Math.Max(0, (int)(centre - (3 * sigma))), Math.Min(size - 1, (int)(centre + (3 * sigma)) + 1));
        return [.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(i =>
            (i, Math.Exp(-0.5 * (i - centre) * (i - centre) / (sigma * sigma))))];
    }
}
