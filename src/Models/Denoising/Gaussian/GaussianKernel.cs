using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Convolves with a Gaussian, one axis after the other, in float32.</summary>
internal static class GaussianKernel
{
    /// <summary>Filters a (z, y, x) image; equals scipy.ndimage.gaussian_filter with truncate = 4.</summary>
    public static Tensor Apply(Tensor image, GaussianOptions options, CancellationToken cancellation)
    {
        var radius = options.Radius;
        var result = image;
        foreach (var (axis, sigma, extent) in new[] { (0, options.SigmaZ, radius.Z), (1, options.SigmaXy, radius.Y), (2, options.SigmaXy, radius.X) })
        {
            if (extent > 0)
            {
                var filtered = Filter(result, axis, Weights(sigma, extent), options.Edges, cancellation);
                if (!ReferenceEquals(result, image))
                {
                    result.Dispose();
                }

                result = filtered;
            }
        }

        return ReferenceEquals(result, image) ? image.clone() : result;
    }

    /// <summary>Weights at distances 0 to <paramref name="radius"/> from the centre; both sides together sum to 1.</summary>
    internal static double[] Weights(double sigma, int radius)
    {
        var weights = Enumerable.Range(0, radius + 1).Select(k => Math.Exp(-0.5 * k * k / (sigma * sigma))).ToArray();
        var sum = weights[0] + (2 * weights[1..].Sum());
        return [.. weights.Select(weight => weight / sum)];
    }

    private static Tensor Filter(Tensor image, int axis, double[] weights, EdgeMode edges, CancellationToken cancellation)
    {
        var radius = weights.Length - 1;
        using var padded = Edges.Pad(image, axis, radius, radius, edges);
        var result = empty_like(image);

        // Cut along another axis than the one that is filtered: the pieces are then independent.
        var other = Enumerable.Range(0, 3).Where(i => i != axis).MaxBy(i => image.shape[i]);
        var longest = image.device_type == TorchSharp.DeviceType.CPU
            ? CpuWorkers.CacheElements * image.shape[other] / image.numel()
            : image.shape[other];
        var pieces = Piece.Cut((int)image.shape[other], longest);
        CpuWorkers.For(image.device, pieces.Length, i =>
        {
            var (start, length) = pieces[i];
            var source = padded.narrow(other, start, length);
            var target = result.narrow(other, start, length);
            target.copy_(source.narrow(axis, radius, image.shape[axis])).mul_(weights[0]);
            for (var k = 1; k <= radius; k++)
            {
                target.add_(source.narrow(axis, radius - k, image.shape[axis]), alpha: weights[k]);
                target.add_(source.narrow(axis, radius + k, image.shape[axis]), alpha: weights[k]);
            }
        }, cancellation);
        return result;
    }
}
