namespace InferenceBridge.Models.Tests;

/// <summary>
/// Richardson–Lucy with acceleration and regularisation on a periodic grid, in float64 with convolutions as sums, from the papers.
/// </summary>
internal sealed record PeriodicReference(double[,,] Psf, int Iterations)
{
    public bool Accelerated { get; init; }

    /// <summary>Share of the last step that is added before iteration k + 1; null for Biggs and Andrews' rule.</summary>
    public Func<int, double>? Momentum { get; init; }

    public double TotalVariation { get; init; }

    public double Tikhonov { get; init; }

    public double Light { get; init; } = 1;

    /// <summary>Relative changes of the iterations.</summary>
    public List<double> Changes { get; } = [];

    public double[,,] Deconvolve(double[,,] image)
    {
        var mean = image.Cast<double>().Average();
        var largest = image.Cast<double>().Max();
        var current = Map(image, value => Math.Max(value, 1e-3 * mean));
        double[,,]? before = null, step = null, stepBefore = null;
        for (var k = 0; k < Iterations; k++)
        {
            // α = Σ g(k−1) g(k−2) / Σ g(k−2)², from the third iteration on.
            var alpha = Accelerated && stepBefore is not null && Dot(stepBefore, stepBefore) > 0 ? Math.Clamp(Dot(step!, stepBefore) / Dot(stepBefore, stepBefore), 0, 1) : 0;
            alpha = k > 0 && Momentum is not null ? Momentum(k) : alpha;
            var start = before is null ? current : Combine(current, before, (x, y) => Math.Max(0, x + (alpha * (x - y))));
            var model = Convolve(start, mirrored: false);
            var correction = Convolve(Combine(image, model, (y, m) => y / Math.Max(m, 1e-6 * largest)), mirrored: true);
            var factor = Factor(start);
            var next = Combine(Combine(start, correction, (x, c) => x * c), factor, (x, f) => x * f);
            Changes.Add(Combine(next, current, (a, b) => Math.Abs(a - b)).Cast<double>().Sum() / current.Cast<double>().Sum());
            (stepBefore, step) = (step, Combine(next, start, (a, b) => a - b));
            (before, current) = (current, next);
        }

        return current;
    }

    private double[,,] Factor(double[,,] u)
    {
        var size = new[] { u.GetLength(0), u.GetLength(1), u.GetLength(2) };
        double At(int z, int y, int x) => u[Wrap(z, size[0]), Wrap(y, size[1]), Wrap(x, size[2])];
        (double Z, double Y, double X) Gradient(int z, int y, int x) =>
            (At(z + 1, y, x) - At(z, y, x), At(z, y + 1, x) - At(z, y, x), At(z, y, x + 1) - At(z, y, x));
        (double Z, double Y, double X) Unit(int z, int y, int x)
        {
            var (a, b, c) = Gradient(z, y, x);
            var length = Math.Sqrt((a * a) + (b * b) + (c * c) + (1e-8 * Light * Light));
            return (a / length, b / length, c / length);
        }

        double Divergence(Func<int, int, int, (double Z, double Y, double X)> field, int z, int y, int x) =>
            field(z, y, x).Z - field(z - 1, y, x).Z + field(z, y, x).Y - field(z, y - 1, x).Y + field(z, y, x).X - field(z, y, x - 1).X;
        return Sample.Fill(size[0], size[1], size[2], (z, y, x) => 1 / Math.Clamp(
            1 - (TotalVariation * Divergence(Unit, z, y, x)) - (Tikhonov / Light * Divergence(Gradient, z, y, x)), 0.1, 10));
    }

    private double[,,] Convolve(double[,,] u, bool mirrored)
    {
        var (depth, height, width) = (u.GetLength(0), u.GetLength(1), u.GetLength(2));
        var sign = mirrored ? -1 : 1;
        return Sample.Fill(depth, height, width, (z, y, x) =>
        {
            var sum = 0.0;
            for (var k = 0; k < Psf.GetLength(0); k++)
            {
                for (var j = 0; j < Psf.GetLength(1); j++)
                {
                    for (var i = 0; i < Psf.GetLength(2); i++)
                    {
                        sum += Psf[k, j, i] * u[
                            Wrap(z - (sign * (k - (Psf.GetLength(0) / 2))), depth),
                            Wrap(y - (sign * (j - (Psf.GetLength(1) / 2))), height),
                            Wrap(x - (sign * (i - (Psf.GetLength(2) / 2))), width)];
                    }
                }
            }

            return sum;
        });
    }

    private static int Wrap(int position, int size) => ((position % size) + size) % size;

    private static double Dot(double[,,] a, double[,,] b) => Combine(a, b, (x, y) => x * y).Cast<double>().Sum();

    private static double[,,] Map(double[,,] values, Func<double, double> change) => Combine(values, values, (value, _) => change(value));

    private static double[,,] Combine(double[,,] a, double[,,] b, Func<double, double, double> combine) =>
        Sample.Fill(a.GetLength(0), a.GetLength(1), a.GetLength(2), (z, y, x) => combine(a[z, y, x], b[z, y, x]));
}
