namespace InferenceBridge.Imaging;

/// <summary>A drift there and back with jitter, and whirls that come and go: smooth fields, known everywhere.</summary>
internal sealed class PhantomMotion
{
    private const int Whirls = 4;
    private const double ShiftPart = 0.6;
    private const double JitterPart = 0.15;
    private const double Period = 25;
    private const int Solves = 40;

    // Apart from the streams that place the specimen and expose planes.
    private const ulong Stream = 0x30710000;

    private readonly (double Y, double X)[] _shifts;
    private readonly Whirl[] _whirls;

    /// <param name="options">Frames, and how far they move.</param>
    /// <param name="height">Rows of a frame; likewise columns.</param>
    /// <param name="width">See there.</param>
    /// <param name="seed">The same seed gives the same motion.</param>
    public PhantomMotion(MovieOptions options, int height, int width, ulong seed)
    {
        var random = new SeededRandom(seed, Stream);
        var side = Math.Min(height, width);
        var angle = random.NextUniform(0, 2 * Math.PI);
        var reach = ShiftPart * options.Motion * (1 - JitterPart);
        var jitter = ShiftPart * options.Motion * JitterPart;
        _shifts = [.. Enumerable.Range(0, options.Frames).Select(t =>
        {
            var along = reach * Math.Sin(2 * Math.PI * t / (2 * Period));
            var (towards, far) = (random.NextUniform(0, 2 * Math.PI), jitter * random.NextUniform());
            return ((along * Math.Sin(angle)) + (far * Math.Sin(towards)), (along * Math.Cos(angle)) + (far * Math.Cos(towards)));
        })];

        // Each in a quarter of the frame, where the others hardly reach; never so steep that the specimen would fold.
        var sigma = Math.Max(1, side / 10.0);
        var length = Math.Min((1 - ShiftPart) * options.Motion, 0.5 * sigma);
        _whirls = [.. Enumerable.Range(0, Whirls).Select(i => new Whirl(
            height * ((i / 2) + random.NextUniform(0.3, 0.7)) / 2, width * ((i % 2) + random.NextUniform(0.3, 0.7)) / 2, sigma,
            length * random.NextUniform(0.5, 1), random.NextUniform(0, 2 * Math.PI), random.NextUniform(0, 2 * Math.PI)))];
    }

    /// <summary>By how much the content of a pixel of a frame has come from elsewhere.</summary>
    public (double Y, double X) From(int t, double y, double x)
    {
        var (sumY, sumX) = _shifts[t];
        foreach (var whirl in _whirls)
        {
            var (dy, dx) = ((y - whirl.Y) / whirl.Sigma, (x - whirl.X) / whirl.Sigma);
            var amount = whirl.Length * Math.Sin((2 * Math.PI * t / Period) + whirl.Phase) * Math.Exp(-0.5 * ((dy * dy) + (dx * dx)));
            (sumY, sumX) = (sumY + (amount * Math.Sin(whirl.Angle)), sumX + (amount * Math.Cos(whirl.Angle)));
        }

        return (sumY, sumX);
    }

    /// <summary>By how much the content of a pixel of the still specimen has gone: d(p) = from(p + d(p)), whose iteration converges.</summary>
    public (double Y, double X) To(int t, double y, double x)
    {
        var (alongY, alongX) = From(t, y, x);
        for (var i = 0; i < Solves; i++)
        {
            var (nextY, nextX) = From(t, y + alongY, x + alongX);
            var change = Math.Abs(nextY - alongY) + Math.Abs(nextX - alongX);
            (alongY, alongX) = (nextY, nextX);
            if (change < 1e-6)
            {
                break;
            }
        }

        return (alongY, alongX);
    }

    private sealed record Whirl(double Y, double X, double Sigma, double Length, double Angle, double Phase);
}
