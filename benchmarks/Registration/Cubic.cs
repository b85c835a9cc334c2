namespace InferenceBridge.Benchmarks.Registration;

/// <summary>Values of an image between its pixels: Catmull–Rom; beyond it, the nearest pixel's.</summary>
internal static class Cubic
{
    public static float At(float[] image, int height, int width, double y, double x)
    {
        var (row, column) = ((int)Math.Floor(y), (int)Math.Floor(x));
        var (weightsY, weightsX) = (Weights(y - row), Weights(x - column));
        var sum = 0d;
        for (var i = 0; i < 4; i++)
        {
            var line = Math.Clamp(row - 1 + i, 0, height - 1) * width;
            for (var j = 0; j < 4; j++)
            {
                sum += weightsY[i] * weightsX[j] * image[line + Math.Clamp(column - 1 + j, 0, width - 1)];
            }
        }

        return (float)sum;
    }

    private static double[] Weights(double t) =>
    [
        ((-0.5 * t + 1) * t - 0.5) * t, ((1.5 * t - 2.5) * t * t) + 1, ((-1.5 * t + 2) * t + 0.5) * t, (0.5 * t - 0.5) * t * t,
    ];
}
