namespace InferenceBridge.Imaging;

/// <summary>An image that can be asked for its value anywhere: Catmull–Rom between pixels; beyond it its nearest pixel.</summary>
/// <param name="values">Height × width, X fastest.</param>
/// <param name="height">Rows.</param>
/// <param name="width">Columns.</param>
public readonly struct CubicImage(float[] values, int height, int width)
{
    /// <summary>Rows.</summary>
    public int Height => height;

    /// <summary>Columns.</summary>
    public int Width => width;

    /// <summary>True where a position lies between pixels of the image.</summary>
    public bool Holds(float y, float x) => y >= 0 && x >= 0 && y <= height - 1 && x <= width - 1;

    /// <summary>The value at a position in px, (0, 0) being the first pixel.</summary>
    public float At(float y, float x)
    {
        var (floorY, floorX) = (MathF.Floor(y), MathF.Floor(x));
        Span<float> weightsX = stackalloc float[4];
        Span<float> weightsY = stackalloc float[4];
        Weights(x - floorX, weightsX);
        Weights(y - floorY, weightsY);
        var (top, left) = ((int)floorY - 1, (int)floorX - 1);
        var sum = 0f;
        if (top >= 0 && left >= 0 && top + 3 < height && left + 3 < width)
        {
            for (var i = 0; i < 4; i++)
            {
                var line = values.AsSpan(((top + i) * width) + left, 4);
                sum += weightsY[i] * ((weightsX[0] * line[0]) + (weightsX[1] * line[1]) + (weightsX[2] * line[2]) + (weightsX[3] * line[3]));
            }

            return sum;
        }

        for (var i = 0; i < 4; i++)
        {
            var row = Math.Clamp(top + i, 0, height - 1) * width;
            for (var j = 0; j < 4; j++)
            {
                sum += weightsY[i] * weightsX[j] * values[row + Math.Clamp(left + j, 0, width - 1)];
            }
        }

        return sum;
    }

    private static void Weights(float t, Span<float> weights)
    {
        weights[0] = (((-0.5f * t) + 1) * t - 0.5f) * t;
        weights[1] = (((1.5f * t) - 2.5f) * t * t) + 1;
        weights[2] = (((-1.5f * t) + 2) * t + 0.5f) * t;
        weights[3] = ((0.5f * t) - 0.5f) * t * t;
    }
}
