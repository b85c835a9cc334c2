namespace InferenceBridge.Models.Tests;

/// <summary>Gaussian and median filters in float64 loops, over the whole window at once.</summary>
internal static class FilterReference
{
    public static double[,,] Gaussian(double[,,] image, double sigmaXy, double sigmaZ, bool nearest = false)
    {
        Func<int, int, int> source = nearest ? Mirroring.Nearest : Mirroring.Symmetric;
        var (z, xy) = ((int)Math.Floor((4 * sigmaZ) + 0.5), (int)Math.Floor((4 * sigmaXy) + 0.5));
        static double Weight(int k, double sigma) => sigma == 0 ? 1 : Math.Exp(-k * k / (2 * sigma * sigma));
        return Each(image, z, xy, source, window =>
            window.Sum(v => v.Value * Weight(v.Z, sigmaZ) * Weight(v.Y, sigmaXy) * Weight(v.X, sigmaXy))
            / window.Sum(v => Weight(v.Z, sigmaZ) * Weight(v.Y, sigmaXy) * Weight(v.X, sigmaXy)));
    }

    public static double[,,] Median(double[,,] image, int radiusXy, int radiusZ) => Each(image, radiusZ, radiusXy, Mirroring.Symmetric,
        window => window.Select(v => v.Value).Order().ElementAt(window.Count / 2));

    private static double[,,] Each(
        double[,,] image, int radiusZ, int radiusXy, Func<int, int, int> source, Func<List<(int Z, int Y, int X, double Value)>, double> reduce)
    {
        var (depth, height, width) = (image.GetLength(0), image.GetLength(1), image.GetLength(2));
        return Sample.Fill(depth, height, width, (z, y, x) =>
        {
            var window = new List<(int, int, int, double)>();
            for (var k = -radiusZ; k <= radiusZ; k++)
            {
                for (var j = -radiusXy; j <= radiusXy; j++)
                {
                    for (var i = -radiusXy; i <= radiusXy; i++)
                    {
                        window.Add((k, j, i, image[source(z + k, depth), source(y + j, height), source(x + i, width)]));
                    }
                }
            }

            return reduce(window);
        });
    }
}
