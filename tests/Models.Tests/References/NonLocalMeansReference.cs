namespace InferenceBridge.Models.Tests;

/// <summary>
/// Non-local means in float64, pixel by pixel as it is defined. With <see cref="AsScikitImage"/> it also has the two
/// peculiarities of scikit-image that ours leaves out, so that it can be held against the peer's values.
/// </summary>
internal sealed record NonLocalMeansReference(bool Volumetric, bool Fast, int PatchSize, int Distance, double H, double Sigma)
{
    public bool AsScikitImage { get; init; }

    public double[,,] Filter(double[,,] image)
    {
        var (depth, height, width) = (image.GetLength(0), image.GetLength(1), image.GetLength(2));
        var deep = Volumetric ? Distance : 0;
        return Sample.Fill(depth, height, width, (z, y, x) =>
        {
            double sum = 0, weights = 0;
            for (var k = z - deep; k <= z + deep; k++)
            {
                for (var j = y - Distance; j <= y + Distance; j++)
                {
                    for (var i = x - Distance; i <= x + Distance; i++)
                    {
                        if (Fast || (k >= 0 && k < depth && j >= 0 && j < height && i >= 0 && i < width))
                        {
                            var weight = Weight(image, (z, y, x), (k, j, i));
                            sum += weight * At(image, k, j, i);
                            weights += weight;
                        }
                    }
                }
            }

            return sum / weights;
        });
    }

    private double Weight(double[,,] image, (int Z, int Y, int X) a, (int Z, int Y, int X) b)
    {
        var half = PatchSize / 2;
        var first = Fast ? 1 - half : -half;
        var distance = 0.0;
        var stopped = false;

        // The outermost axis of the patch is z in a stack and y in a plane.
        for (var k = Volumetric ? first : 0; k <= (Volumetric ? half : 0); k++)
        {
            stopped |= Volumetric && distance / Normal() > 5;
            for (var j = first; j <= half; j++)
            {
                stopped |= !Volumetric && distance / Normal() > 5;
                for (var i = first; i <= half; i++)
                {
                    var difference = At(image, a.Z + k, a.Y + j, a.X + i) - At(image, b.Z + k, b.Y + j, b.X + i);
                    distance += PixelWeight(k, j, i) * ((difference * difference) - (2 * Sigma * Sigma));
                }
            }
        }

        distance = Math.Max(0, distance / Normal());
        if (AsScikitImage)
        {
            return (Fast ? distance > 5 : stopped) ? 0 : ScikitImageExp(-distance);
        }

        return distance > 5 ? 0 : Math.Exp(-distance);
    }

    private double Normal()
    {
        var axes = Volumetric ? 3 : 2;
        if (Fast)
        {
            return H * H * Math.Pow(PatchSize, axes);
        }

        var half = PatchSize / 2;
        var line = Enumerable.Range(-half, PatchSize).Sum(k => PixelWeight(0, 0, k));
        return H * H * Math.Pow(line, axes);
    }

    private double PixelWeight(int z, int y, int x)
    {
        var a = (PatchSize - 1) / 4.0;
        return Fast ? 1 : Math.Exp(-((z * z) + (y * y) + (x * x)) / (2 * a * a));
    }

    private static double At(double[,,] image, int z, int y, int x) => image[
        Mirroring.Whole(z, image.GetLength(0)), Mirroring.Whole(y, image.GetLength(1)), Mirroring.Whole(x, image.GetLength(2))];

    // N. Schraudolph, Neural Computation 11, 853 (1999): the exponent goes straight into the bits of a float64.
    private static double ScikitImageExp(double value) =>
        BitConverter.Int64BitsToDouble((long)((int)(1048576 / Math.Log(2) * value) + ((1023 << 20) - 60801)) << 32);
}
