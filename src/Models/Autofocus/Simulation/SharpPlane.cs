using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Light of a sharp plane, as a factor of its mean.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Light">Height × width, X fastest, of mean 1.</param>
public sealed record SharpPlane(string Name, int Height, int Width, float[] Light)
{
    private const double DarkPart = 0.001;

    /// <summary>Least mean light of a part that is brought to a mean of 1.</summary>
    private const double LeastMean = 0.2;

    /// <summary>The light of an image: nearly its darkest value, which a camera adds, is taken off.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: the image shows nothing.</exception>
    internal static SharpPlane Of(string name, int height, int width, float[] image)
    {
        var sorted = image.Where((_, i) => i % 7 == 0).Order().ToArray();
        var dark = sorted[(int)(DarkPart * (sorted.Length - 1))];
        var light = Array.ConvertAll(image, value => Math.Max(0, value - dark));
        var mean = light.Average(value => (double)value);
        return mean > 0
            ? new SharpPlane(name, height, width, Array.ConvertAll(light, value => (float)(value / mean)))
            : throw new InferenceException(InferenceError.ParameterOutOfRange, name, $"{name} is {dark} nearly everywhere; accepted: images with structure.");
    }

    /// <summary>Whether it holds hardly any light.</summary>
    internal bool IsDim => Light.Average(value => (double)value) < 0.99;

    /// <summary>A part of it, of mean 1, or less where it holds hardly any light.</summary>
    internal SharpPlane Crop(int top, int left, int size)
    {
        var light = new float[size * size];
        for (var row = 0; row < size; row++)
        {
            Light.AsSpan(((top + row) * Width) + left, size).CopyTo(light.AsSpan(row * size));
        }

        var mean = Math.Max(LeastMean, light.Average(value => (double)value));
        return new SharpPlane(Name, size, size, Array.ConvertAll(light, value => (float)(value / mean)));
    }

    /// <summary>The plane amid random parts of others, which have nothing in common with it.</summary>
    /// <param name="others">Planes of any size, one or more; one that is too small is repeated.</param>
    /// <param name="top">Rows above it.</param>
    /// <param name="left">Columns left of it.</param>
    /// <param name="rows">Rows in all.</param>
    /// <param name="columns">Columns in all.</param>
    /// <param name="random">Random numbers.</param>
    /// <returns>Rows × columns.</returns>
    internal float[] Amid(IReadOnlyList<SharpPlane> others, int top, int left, int rows, int columns, SeededRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfZero(others.Count);
        var field = new float[rows * columns];
        int[] rowBorders = [0, top, top + Height, rows];
        int[] columnBorders = [0, left, left + Width, columns];
        for (var cell = 0; cell < 9; cell++)
        {
            var (i, j) = (cell / 3, cell % 3);
            var isMiddle = i == 1 && j == 1;
            var plane = isMiddle ? this : others[random.NextIndex(others.Count)];
            var (fromRow, fromColumn) = isMiddle ? (0, 0) : (random.NextIndex(plane.Height), random.NextIndex(plane.Width));
            for (var row = rowBorders[i]; row < rowBorders[i + 1]; row++)
            {
                var line = (fromRow + row - rowBorders[i]) % plane.Height * plane.Width;
                for (var column = columnBorders[j]; column < columnBorders[j + 1]; column++)
                {
                    field[(row * columns) + column] = plane.Light[line + ((fromColumn + column - columnBorders[j]) % plane.Width)];
                }
            }
        }

        return field;
    }

    /// <summary>A square part at a random place, as large as can be up to a size.</summary>
    internal SharpPlane Crop(int size, SeededRandom random)
    {
        var side = Math.Min(size, Math.Min(Height, Width));
        return Crop(random.NextIndex(Height - side + 1), random.NextIndex(Width - side + 1), side);
    }
}
