using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>
/// What calcium imaging wants from motion correction: the fluorescence of ten cells over time, correlated with that in the movie before it was
/// made to move.
/// </summary>
internal sealed class CalciumTraces
{
    private const int Reach = 2;
    private const double Jitter = 1.5;
    private const double Drift = 1.5;

    // Placed by hand on cells that light up.
    private static readonly (int Y, int X)[] Cells =
        [(14, 24), (19, 30), (27, 29), (28, 20), (28, 43), (33, 15), (41, 31), (45, 30), (52, 27), (55, 36)];

    private readonly float[] _still;
    private readonly VolumeShape _shape;

    /// <param name="still">The movie without motion, one channel of 64×64.</param>
    /// <param name="isRigid">Whether frames move as a whole, by up to 3 px; else four slow whirls of up to 2 px come to that.</param>
    public CalciumTraces(MemoryVolume still, bool isRigid)
    {
        (_still, _shape) = (still.ToSingles(), still.Info.Shape);
        var random = new SeededRandom(11);
        var moved = new float[_still.Length];
        var size = _shape.Height * _shape.Width;
        for (var t = 0; t < _shape.Frames; t++)
        {
            var phase = 2 * Math.PI * t / _shape.Frames;
            var (y, x) = (random.NextUniform(-Jitter, Jitter) + (Drift * Math.Sin(phase)), random.NextUniform(-Jitter, Jitter) + (Drift * Math.Cos(phase)));
            var frame = _still[(t * size)..((t + 1) * size)];
            for (var p = 0; p < size; p++)
            {
                var (row, column) = (p / _shape.Width, p % _shape.Width);
                var (dy, dx) = isRigid ? (0, 0) : Whirls(row, column, t);
                moved[(t * size) + p] = Cubic.At(frame, _shape.Height, _shape.Width, row - y - dy, column - x - dx);
            }
        }

        Moved = MemoryVolume.FromSingles(moved, _shape);
    }

    /// <summary>The movie in motion.</summary>
    public MemoryVolume Moved { get; }

    /// <summary>The least and the mean correlation of the cells' traces in a movie with those without motion.</summary>
    public (double Least, double Mean) Correlate(MemoryVolume movie)
    {
        var values = movie.ToSingles();
        var all = Cells.Select(cell => Correlation(Trace(_still, cell), Trace(values, cell))).ToArray();
        return (all.Min(), all.Average());
    }

    private static (double Y, double X) Whirls(int row, int column, int t)
    {
        var (dy, dx) = (0.0, 0.0);
        for (var k = 0; k < 4; k++)
        {
            var (y, x) = (row - 16 - (32 * (k / 2)), column - 16 - (32 * (k % 2)));
            var weight = 2 * Math.Exp(-0.5 * ((y * y) + (x * x)) / (14 * 14));
            dy += weight * Math.Sin((2 * Math.PI * t / 40) + k);
            dx += weight * Math.Cos((2 * Math.PI * t / 50) + (2 * k));
        }

        return (dy, dx);
    }

    private static double Correlation(double[] one, double[] other)
    {
        var (a, b) = (one.Average(), other.Average());
        return one.Zip(other, (p, q) => (p - a) * (q - b)).Sum() / Math.Sqrt(one.Sum(p => (p - a) * (p - a)) * other.Sum(q => (q - b) * (q - b)));
    }

    private double[] Trace(float[] movie, (int Y, int X) cell) =>
    [
        .. Enumerable.Range(0, _shape.Frames).Select(t => (
            from y in Enumerable.Range(cell.Y - Reach, (2 * Reach) + 1)
            from x in Enumerable.Range(cell.X - Reach, (2 * Reach) + 1)
            select (double)movie[(((t * _shape.Height) + y) * _shape.Width) + x]).Average()),
    ];
}
