using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// Images as quality is measured on them: smoothed by a Gaussian of σ = 2 px, since on raw pixels any resampling looks like an improvement,
/// and sampled at every second pixel, which loses nothing after that.
/// </summary>
internal static class SmoothedImage
{
    private const double Sigma = 2;
    private const int Radius = 8;

    private static readonly double[] Weights = Kernel();

    /// <summary>The mean over z of a stack, smoothed: float32, ((y + 1) / 2, (x + 1) / 2).</summary>
    /// <param name="image">float32, (z, y, x).</param>
    public static Tensor Of(Tensor image)
    {
        var plane = image.shape[0] == 1 ? image.squeeze(0) : image.mean([0]);
        return Along(Along(plane, 0), 1);
    }

    private static Tensor Along(Tensor image, int axis)
    {
        var size = image.shape[axis];
        var padded = Edges.Pad(image, axis, Radius, Radius, EdgeMode.Symmetric);
        Tensor At(int offset) => padded.slice(axis, offset, offset + size, 2);
        var result = At(Radius).mul(Weights[0]);
        for (var i = 1; i <= Radius; i++)
        {
            result.add_(At(Radius - i), alpha: Weights[i]).add_(At(Radius + i), alpha: Weights[i]);
        }

        return result;
    }

    private static double[] Kernel()
    {
        var values = Enumerable.Range(0, Radius + 1).Select(i => Math.Exp(-0.5 * i * i / (Sigma * Sigma))).ToArray();
        var sum = values[0] + (2 * values.Skip(1).Sum());
        return [.. values.Select(value => value / sum)];
    }
}
