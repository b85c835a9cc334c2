using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Means over what neighbouring slices show at the same place and next to it, weighted by exp(−(d − 2 σ²)₊ / (2 s² σ²)), where d is the mean squared
/// difference of the patches, σ the noise left in them and s the strength: differences that the noise explains do not count, and where there is no noise, no
/// slice counts but the own. A. Buades, B. Coll and J.-M. Morel, CVPR 2005, without the own slice's other patches, whose noise is the same after a network.
/// </summary>
internal sealed class FusionKernel(TriDeFusionOptions options)
{
    // Beyond this many standard deviations of nothing: weights below exp(−20) change no digit of a float.
    private const double LargestExponent = 20;

    /// <summary>Fuses slices.</summary>
    /// <param name="values">What is averaged, (z, y, x).</param>
    /// <param name="comparable">What is compared, of the same shape, with noise of one strength.</param>
    /// <param name="noise">That noise's standard deviation, above 0.</param>
    /// <param name="first">First slice wanted.</param>
    /// <param name="count">Number of slices wanted; the others serve as neighbours.</param>
    /// <param name="cancellation">Looked at between slices and neighbours.</param>
    /// <returns>(count, y, x). Patches at the faces along y and x count what lies within.</returns>
    public Tensor Apply(Tensor values, Tensor comparable, double noise, int first, int count, CancellationToken cancellation)
    {
        var result = empty([count, values.shape[1], values.shape[2]], device: values.device);
        CpuWorkers.For(values.device, count, i => result[i].copy_(Fuse(values, comparable, noise, first + i, cancellation)), cancellation);
        return result;
    }

    private Tensor Fuse(Tensor values, Tensor comparable, double noise, int slice, CancellationToken cancellation)
    {
        var sum = values[slice].clone();
        var weights = ones_like(sum);
        for (var z = Math.Max(0, slice - options.Slices); z <= Math.Min(values.shape[0] - 1, slice + options.Slices); z++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (z == slice)
            {
                continue;
            }

            for (var dy = -options.Distance; dy <= options.Distance; dy++)
            {
                for (var dx = -options.Distance; dx <= options.Distance; dx++)
                {
                    using var scope = NewDisposeScope();
                    var weight = Weight(Shifted(comparable[slice], -dy, -dx), Shifted(comparable[z], dy, dx), noise);
                    Shifted(sum, -dy, -dx).addcmul_(weight, Shifted(values[z], dy, dx), 1f);
                    Shifted(weights, -dy, -dx).add_(weight);
                }
            }
        }

        return sum.div_(weights);
    }

    private Tensor Weight(Tensor own, Tensor other, double noise)
    {
        var variance = noise * noise;
        var scale = -1 / (2 * options.Strength * options.Strength * variance);
        var distance = Mean(own.sub(other).square_());
        return distance.sub_(2 * variance).clamp_min_(0).mul_(scale).clamp_min_(-LargestExponent).exp_();
    }

    private Tensor Mean(Tensor squares)
    {
        var (size, reach) = (options.PatchSize, options.PatchSize / 2);
        var planes = squares.unsqueeze(0).unsqueeze(0);
        var columns = nn.functional.avg_pool2d(planes, [size, 1], stride: [1, 1], padding: [reach, 0], count_include_pad: false);
        return nn.functional.avg_pool2d(columns, [1, size], stride: [1, 1], padding: [0, reach], count_include_pad: false)[0, 0];
    }

    /// <summary>The part of a plane that has a pixel so far away from each of another plane's: a view.</summary>
    private static Tensor Shifted(Tensor plane, int dy, int dx) => plane
        .narrow(0, Math.Max(0, dy), plane.shape[0] - Math.Abs(dy)).narrow(1, Math.Max(0, dx), plane.shape[1] - Math.Abs(dx));
}
