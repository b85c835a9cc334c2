using System.Numerics.Tensors;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>A smooth field of displacements: the sum of a few vectors that Gaussians spread, and of a shift, known in closed form everywhere.</summary>
/// <param name="vectors">The vectors.</param>
/// <param name="shiftY">Is added everywhere, in px; likewise x.</param>
/// <param name="shiftX">See there.</param>
internal sealed class KnownField(FieldVector[] vectors, double shiftY = 0, double shiftX = 0)
{
    private const double FinePart = 0.7;

    // Newton's method, which doubles the number of digits; the neighbour's solution is a start that is off by less than a tenth of a px.
    private const double SmallUpdate = 2e-3;
    private const int MostUpdates = 20;

    /// <summary>The displacement at a position, with its derivatives.</summary>
    /// <param name="y">Position in px; likewise x.</param>
    /// <param name="x">See there.</param>
    public FieldValue At(double y, double x)
    {
        var value = new FieldValue(shiftY, shiftX, 0, 0, 0, 0);
        foreach (var vector in vectors)
        {
            var (dy, dx, scale) = (y - vector.CentreY, x - vector.CentreX, -1 / (vector.Sigma * vector.Sigma));
            var weight = Math.Exp(0.5 * scale * ((dy * dy) + (dx * dx)));
            var (alongY, alongX) = (weight * scale * dy, weight * scale * dx);
            value = new FieldValue(
                value.Y + (weight * vector.Y), value.X + (weight * vector.X),
                value.YAlongY + (alongY * vector.Y), value.YAlongX + (alongX * vector.Y),
                value.XAlongY + (alongY * vector.X), value.XAlongX + (alongX * vector.X));
        }

        return value;
    }

    /// <summary>The displacements of a grid of whole positions from 0.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="y">Takes those along y, X fastest; likewise x.</param>
    /// <param name="x">See there.</param>
    public void Sample(int height, int width, Span<float> y, Span<float> x)
    {
        y.Fill((float)shiftY);
        x.Fill((float)shiftX);
        var (rows, columns) = (new float[height], new float[width]);
        foreach (var vector in vectors)
        {
            // A Gaussian of the plane is the product of two of the axes.
            Gaussian(rows, vector.CentreY, vector.Sigma);
            Gaussian(columns, vector.CentreX, vector.Sigma);
            for (var row = 0; row < height; row++)
            {
                var inY = y.Slice(row * width, width);
                var inX = x.Slice(row * width, width);
                TensorPrimitives.MultiplyAdd(columns, (float)(rows[row] * vector.Y), inY, inY);
                TensorPrimitives.MultiplyAdd(columns, (float)(rows[row] * vector.X), inX, inX);
            }
        }
    }

    /// <summary>
    /// The displacements d of a grid for which d(p) is this field at p + d(p): where this field leads back from, they lead to.
    /// </summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="y">Takes those along y, X fastest; likewise x.</param>
    /// <param name="x">See there.</param>
    /// <returns>False where there is none, as the field folds over itself.</returns>
    public bool SampleInverse(int height, int width, Span<float> y, Span<float> x)
    {
        for (var row = 0; row < height; row++)
        {
            var (beforeY, beforeX, atY, atX) = (0d, 0d, 0d, 0d);
            for (var column = 0; column < width; column++)
            {
                // Continued from the two before.
                var isFirst = column < 2;
                var (dy, dx) = isFirst ? (atY, atX) : ((2 * atY) - beforeY, (2 * atX) - beforeX);
                if (!Solve(row, column, ref dy, ref dx))
                {
                    return false;
                }

                (beforeY, beforeX, atY, atX) = (atY, atX, dy, dx);
                var i = (row * width) + column;
                (y[i], x[i]) = ((float)dy, (float)dx);
            }
        }

        return true;
    }

    /// <summary>A random field for a crop of a larger frame, as long as it happens: long or short, with or without a shift, or none at all.</summary>
    /// <param name="options">Which fields there are.</param>
    /// <param name="size">Rows and columns of the crop.</param>
    /// <param name="random">Random numbers.</param>
    public static KnownField Draw(FieldOptions options, int size, SeededRandom random)
    {
        var length = options.LongestLength * (random.NextUniform() < options.LongShare ? random.NextUniform(0.3, 1.1) : random.NextUniform(0, 0.375));
        options = random.NextUniform() < options.FineShare ? options with { SmallestSigma = FinePart * options.SmallestSigma } : options;
        var isSmall = random.NextUniform() < options.SmallFrameShare;
        var frame = isSmall ? size : Math.Max(size, options.FrameSide);
        var (top, left) = (random.NextUniform(0, frame - size), random.NextUniform(0, frame - size));
        var drawn = Draw(options, length, frame, frame, random);
        var (y, x) = (random.NextUniform(-options.LargestShift, options.LargestShift), random.NextUniform(-options.LargestShift, options.LargestShift));
        if (isSmall)
        {
            // A rigid pass before takes off what the frame has moved by in whole.
            var (meanY, meanX) = drawn.Mean(size);
            (y, x) = (y - Math.Round(meanY), x - Math.Round(meanX));
        }

        return random.NextUniform() < options.StillShare ? new KnownField([]) : drawn.Moved(top, left, y, x);
    }

    /// <summary>A random field of a frame: vectors of random lengths and directions at random places, spread by random Gaussians.</summary>
    /// <param name="options">How many, how wide.</param>
    /// <param name="length">The longest displacement in the frame, in px.</param>
    /// <param name="height">Rows of the frame.</param>
    /// <param name="width">Columns of the frame.</param>
    /// <param name="random">Random numbers.</param>
    public static KnownField Draw(FieldOptions options, double length, int height, int width, SeededRandom random)
    {
        var vectors = Enumerable.Range(0, options.Vectors).Select(_ =>
        {
            var (sine, cosine) = Math.SinCos(random.NextUniform(0, 2 * Math.PI));
            var amount = random.NextUniform();
            return new FieldVector(
                random.NextUniform(0, height), random.NextUniform(0, width), amount * sine, amount * cosine,
                random.NextUniform(options.SmallestSigma, options.LargestSigma));
        }).ToArray();
        var longest = Longest(new KnownField(vectors), height, width);
        var scale = longest > 0 ? length / longest : 0;
        return new KnownField(Array.ConvertAll(vectors, vector => vector with { Y = scale * vector.Y, X = scale * vector.X }));
    }

    // One point in each square of eight pixels suffices: the field is smooth.
    private (double Y, double X) Mean(int size)
    {
        var (sumY, sumX, count) = (0d, 0d, 0);
        for (var row = 3.5; row < size; row += 8)
        {
            for (var column = 3.5; column < size; column += 8)
            {
                var value = At(row, column);
                (sumY, sumX, count) = (sumY + value.Y, sumX + value.X, count + 1);
            }
        }

        return (sumY / count, sumX / count);
    }

    private KnownField Moved(double top, double left, double addedY, double addedX) => new(
        Array.ConvertAll(vectors, vector => vector with { CentreY = vector.CentreY - top, CentreX = vector.CentreX - left }), shiftY + addedY, shiftX + addedX);

    private bool Solve(double row, double column, ref double dy, ref double dx)
    {
        for (var update = 0; update < MostUpdates; update++)
        {
            var g = At(row + dy, column + dx);
            var (errorY, errorX) = (g.Y - dy, g.X - dx);
            var (a, b, c, d) = (1 - g.YAlongY, -g.YAlongX, -g.XAlongY, 1 - g.XAlongX);
            var determinant = (a * d) - (b * c);
            if (!(determinant > 0.05))
            {
                return false;
            }

            var (stepY, stepX) = (((d * errorY) - (b * errorX)) / determinant, ((a * errorX) - (c * errorY)) / determinant);
            (dy, dx) = (dy + stepY, dx + stepX);
            if ((stepY * stepY) + (stepX * stepX) < SmallUpdate * SmallUpdate)
            {
                return true;
            }
        }

        return false;
    }

    private static void Gaussian(float[] values, double centre, double sigma)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var distance = (i - centre) / sigma;
            values[i] = (float)Math.Exp(-0.5 * distance * distance);
        }
    }

    // Every eighth pixel suffices, and the last: the field is smooth.
    private static double Longest(KnownField field, int height, int width)
    {
        var longest = 0d;
        for (var row = 0; row < height + 7; row += 8)
        {
            for (var column = 0; column < width + 7; column += 8)
            {
                var value = field.At(Math.Min(row, height - 1), Math.Min(column, width - 1));
                longest = Math.Max(longest, (value.Y * value.Y) + (value.X * value.X));
            }
        }

        return Math.Sqrt(longest);
    }
}
