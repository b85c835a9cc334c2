using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Convolves with a Gaussian, one axis after the other, in float32.</summary>
internal static class GaussianKernel
{
    /// <summary>Filters a (z, y, x) image; equals scipy.ndimage.gaussian_filter with truncate = 4.</summary>
    public static Tensor Apply(Tensor image, GaussianOptions options, CancellationToken cancellation)
    {
        var radius = options.Radius;
        var result = empty_like(image);
        var source = image;
        foreach (var (axis, sigma, extent) in new[] { (0, options.SigmaZ, radius.Z), (1, options.SigmaXy, radius.Y), (2, options.SigmaXy, radius.X) })
        {
            if (extent > 0)
            {
                Filter(source, result, axis, Weights(sigma, extent), options.Edges, cancellation);
                source = result;
            }
        }

        return ReferenceEquals(source, image) ? result.copy_(image) : result;
    }

    /// <summary>Weights at distances 0 to <paramref name="radius"/> from the centre; both sides together sum to 1.</summary>
    internal static double[] Weights(double sigma, int radius)
    {
        var weights = Enumerable.Range(0, radius + 1).Select(k => Math.Exp(-0.5 * k * k / (sigma * sigma))).ToArray();
        var sum = weights[0] + (2 * weights[1..].Sum());
        return [.. weights.Select(weight => weight / sum)];
    }

    // The target may be the source: a piece is extended, and thereby copied, before it is written.
    private static void Filter(Tensor source, Tensor target, int axis, double[] weights, EdgeMode edges, CancellationToken cancellation)
    {
        var radius = weights.Length - 1;
        var size = source.shape[axis];

        // Cut along another axis than the one that is filtered: the pieces are then independent.
        var other = Enumerable.Range(0, 3).Where(i => i != axis).MaxBy(i => source.shape[i]);
        var longest = source.device_type == TorchSharp.DeviceType.CPU
            ? CpuWorkers.CacheElements * source.shape[other] / source.numel()
            : source.shape[other];
        var pieces = Piece.Cut((int)source.shape[other], longest);
        CpuWorkers.For(source.device, pieces.Length, i =>
        {
            var (start, length) = pieces[i];
            var padded = Edges.Pad(source.narrow(other, start, length), axis, radius, radius, edges);
            var piece = target.narrow(other, start, length);
            piece.copy_(padded.narrow(axis, radius, size)).mul_(weights[0]);
            for (var k = 1; k <= radius; k++)
            {
                piece.add_(padded.narrow(axis, radius - k, size), alpha: weights[k]);
                piece.add_(padded.narrow(axis, radius + k, size), alpha: weights[k]);
            }
        }, cancellation);
    }
}
