namespace InferenceBridge.Benchmarks.Registration;

/// <summary>Mean lengths of the difference between found and true displacements, in px.</summary>
/// <param name="All">Over all pixels.</param>
/// <param name="Textured">Over the half of them where the energy of the reference's gradient, after a Gaussian of σ = 2 px, is highest.</param>
/// <param name="Edge">Over those less than 16 px from an edge of the image.</param>
internal sealed record EndPointError(double All, double Textured, double Edge)
{
    private const int EdgeReach = 16;

    /// <summary>Measures a field. Pixels whose content has left the frame have no truth to be found, and do not count.</summary>
    /// <param name="image">What is true.</param>
    /// <param name="found">Displacements along y, then along x.</param>
    public static EndPointError Of(WarpedImage image, ReadOnlySpan<float> found)
    {
        var (size, textured) = (image.Height * image.Width, TexturedHalf(image));
        var sums = new (double Sum, long Count)[3];
        for (var i = 0; i < size; i++)
        {
            var (row, column) = (i / image.Width, i % image.Width);
            if (!IsInside(row + image.Y[i], image.Height) || !IsInside(column + image.X[i], image.Width))
            {
                continue;
            }

            var (y, x) = (found[i] - (double)image.Y[i], found[size + i] - (double)image.X[i]);
            var error = Math.Sqrt((y * y) + (x * x));
            var isEdge = Math.Min(Math.Min(row, image.Height - 1 - row), Math.Min(column, image.Width - 1 - column)) < EdgeReach;
            Add(ref sums[0], error, true);
            Add(ref sums[1], error, textured[i]);
            Add(ref sums[2], error, isEdge);
        }

        return new EndPointError(Mean(sums[0]), Mean(sums[1]), Mean(sums[2]));
    }

    /// <summary>Means of several.</summary>
    public static EndPointError MeanOf(IReadOnlyList<EndPointError> errors) =>
        new(errors.Average(error => error.All), errors.Average(error => error.Textured), errors.Average(error => error.Edge));

    private static bool IsInside(double position, int size) => position >= 0 && position <= size - 1;

    private static void Add(ref (double Sum, long Count) sum, double error, bool counts) => sum = counts ? (sum.Sum + error, sum.Count + 1) : sum;

    private static double Mean((double Sum, long Count) sum) => sum.Sum / Math.Max(1, sum.Count);

    private static bool[] TexturedHalf(WarpedImage image)
    {
        double At(int row, int column) => image.Reference[(Math.Clamp(row, 0, image.Height - 1) * image.Width) + Math.Clamp(column, 0, image.Width - 1)];
        var energy = Enumerable.Range(0, image.Height * image.Width).Select(i =>
        {
            var (row, column) = (i / image.Width, i % image.Width);
            var (y, x) = (At(row + 1, column) - At(row - 1, column), At(row, column + 1) - At(row, column - 1));
            return (y * y) + (x * x);
        }).ToArray();
        // Smoothed, so that it tells where there is structure, and not where the last bit of an empty region changes.
        energy = Blur.Of(energy, image.Height, image.Width);
        var median = energy.Order().ElementAt(energy.Length / 2);
        return Array.ConvertAll(energy, value => value > median);
    }
}
