using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Sums squared differences over the pixels of a patch, separably. Along each axis it looks at <see cref="Before"/> pixels ahead of
/// a patch's centre, the centre, and <see cref="After"/> pixels behind it.
/// </summary>
internal abstract class PatchWeights
{
    /// <summary>Pixels ahead of the centre.</summary>
    public required int Before { get; init; }

    /// <summary>Pixels behind the centre.</summary>
    public required int After { get; init; }

    /// <summary>Pixels that count along an axis.</summary>
    public int Length => Before + 1 + After;

    /// <summary>
    /// What the sums of squared differences are divided by, besides h², to give a distance: the sum of the weights, but
    /// see <see cref="Box"/>.
    /// </summary>
    public abstract double Divisor(int axes);

    /// <summary>What the weights of all pixels sum to.</summary>
    public abstract double Total(int axes);

    /// <summary>
    /// Sums along an axis over pixels that are <paramref name="step"/> elements apart; the result is shorter by
    /// (<see cref="Length"/> − 1) × step elements. The order of additions is the same for every pixel, whatever the shape.
    /// </summary>
    public abstract Tensor Sum(Tensor squares, int axis, int step);

    /// <summary>
    /// All pixels alike, over the window that scikit-image's fast_mode = True uses: the difference of its integral images leaves
    /// out the first row and column, so that an edge of s has the s − 1 pixels from −(s / 2) + 1 to s / 2, while the sum is
    /// divided by s pixels an axis.
    /// </summary>
    public static PatchWeights Box(int patchSize) => new BoxWeights(patchSize) { Before = (patchSize / 2) - 1, After = patchSize / 2 };

    /// <summary>
    /// A Gaussian of standard deviation (s − 1) / 4 that sums to 1, as in scikit-image's fast_mode = False.
    /// </summary>
    public static PatchWeights Gaussian(int patchSize) => new GaussianWeights(patchSize) { Before = patchSize / 2, After = patchSize / 2 };

    private static Tensor Part(Tensor values, int axis, long start, long length) => values.narrow(axis, start, length);

    private sealed class BoxWeights(int patchSize) : PatchWeights
    {
        public override double Divisor(int axes) => Math.Pow(patchSize, axes);

        public override double Total(int axes) => Math.Pow(Length, axes);

        // By the binary digits of the length: sums over 2, 4, 8… pixels from those over half as many.
        public override Tensor Sum(Tensor squares, int axis, int step)
        {
            var length = squares.shape[axis] - ((Length - 1L) * step);
            Tensor? sum = null;
            var covered = 0;
            var power = squares;
            for (var run = 1; ; run *= 2)
            {
                if ((Length & run) != 0)
                {
                    var part = Part(power, axis, (long)covered * step, length);
                    sum = sum is null ? part : sum.add(part);
                    covered += run;
                }

                if (covered == Length)
                {
                    return sum!;
                }

                var rest = power.shape[axis] - ((long)run * step);
                power = Part(power, axis, 0, rest).add(Part(power, axis, (long)run * step, rest));
            }
        }
    }

    private sealed class GaussianWeights(int patchSize) : PatchWeights
    {
        private readonly double[] _weights = GaussianKernel.Weights((patchSize - 1) / 4.0, patchSize / 2);

        public override double Divisor(int axes) => 1;

        public override double Total(int axes) => 1;

        public override Tensor Sum(Tensor squares, int axis, int step)
        {
            var length = squares.shape[axis] - ((Length - 1L) * step);
            var sum = Part(squares, axis, (long)Before * step, length).mul(_weights[0]);
            for (var k = 1; k <= Before; k++)
            {
                sum.add_(Part(squares, axis, (long)(Before - k) * step, length), alpha: _weights[k]);
                sum.add_(Part(squares, axis, (long)(Before + k) * step, length), alpha: _weights[k]);
            }

            return sum;
        }
    }
}
