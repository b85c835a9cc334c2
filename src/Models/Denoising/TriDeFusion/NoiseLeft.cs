using InferenceBridge.Imaging;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// How much noise a network leaves, told in two ways, of which the smaller counts: too small an estimate averages less than it might, too large a one would
/// blur. One is by how much results for neighbouring slices differ. The other is how much of a little noise that is added to the image the network lets
/// through to the same pixel: for a network that gives the mean of what the image may show, that part of the noise's variance is the variance of its error
/// (B. Efron, "Tweedie's formula and selection bias", J. Am. Stat. Assoc. 106, 1602 (2011); the probe is that of S. Ramani, T. Blu and M. Unser, "Monte-Carlo
/// SURE", IEEE Trans. Image Process. 17, 1540 (2008)). It holds where every slice shows something else.
/// </summary>
internal static class NoiseLeft
{
    // Most of a stack may change from slice to slice: the quarter that changes least tells the noise.
    private const double Quantile = 0.25;
    private const double NormalQuantile = 0.3186393639643752;
    private const double Probe = 0.1;

    /// <summary>The standard deviation, in the unit of <see cref="Comparable"/>; 0 where there are no neighbours, or no noise.</summary>
    public static double Estimate(SamplingPass pass, int channel, Func<VolumeShape, ITensorJob> start, Device device)
    {
        var shape = pass.Shape;
        if (shape.Depth < 2 || pass.Steps.IsConstant(channel))
        {
            return 0;
        }

        using var grad = no_grad();
        using var scope = NewDisposeScope();
        using var job = start(shape);
        var domain = Domain(pass.Steps, channel);
        var noise = domain is null ? Noise(pass, channel) : 1;
        if (!(noise > 0))
        {
            return 0;
        }

        var (differences, passed, number) = (new List<Tensor>(), 0d, 0UL);
        var samples = pass.Samples(channel).ToArray();
        foreach (var values in samples)
        {
            var sample = tensor(values, [shape.Depth, shape.Height, shape.Width]).to(device);
            var signs = Signs(values.Length, number++).reshape(sample.shape).to(device);
            var plain = Run(sample);
            differences.Add(Difference(plain).abs().flatten());
            var probed = domain is null
                ? sample.add(signs, alpha: Probe * noise)
                : domain.Restore(domain.Forward(sample).add(signs, alpha: Probe / StabilisedDomain.Scale));
            passed += Run(probed).sub(plain).mul(signs).mean().item<float>() / (Probe * noise) / samples.Length;
        }

        var between = cat([.. differences], 0).quantile(tensor((float)Quantile, device: device)).item<float>() / NormalQuantile;
        return Math.Min(between, noise * Math.Sqrt(Math.Clamp(passed, 0, 1)));

        Tensor Run(Tensor sample) => Comparable(job.Process(sample, new TileContext(channel, CancellationToken.None)), pass.Steps, channel);
    }

    /// <summary>A result with noise of one strength: in standard deviations of the image's noise, or as it is where the package does not stabilise it.</summary>
    public static Tensor Comparable(Tensor result, IImageSteps steps, int channel) =>
        Domain(steps, channel) is { } domain ? domain.Forward(result).mul_(StabilisedDomain.Scale) : result;

    private static StabilisedDomain? Domain(IImageSteps steps, int channel) => steps.StepsOf(channel).OfType<StabiliseStep>().FirstOrDefault()?.Domain;

    private static double Noise(SamplingPass pass, int channel)
    {
        var (estimator, shape) = (new NoiseEstimator(), pass.Shape);
        foreach (var values in pass.Samples(channel))
        {
            for (var slice = 0; slice < shape.Depth; slice++)
            {
                estimator.Add(values.AsSpan((int)(slice * shape.PlaneElementCount), (int)shape.PlaneElementCount), shape.Height, shape.Width);
            }
        }

        return estimator.StandardDeviation;
    }

    private static Tensor Signs(int count, ulong number)
    {
        var random = new SeededRandom(0x5EED, number);
        return tensor(Enumerable.Range(0, count).Select(_ => random.NextIndex(2) == 0 ? -1f : 1f).ToArray(), [count]);
    }

    // Of three slices the middle one against the mean of the others: what rises or falls evenly along z is no noise.
    private static Tensor Difference(Tensor planes)
    {
        var middle = (int)planes.shape[0] / 2;
        return planes.shape[0] < 3
            ? planes[1].sub(planes[0]).div(Math.Sqrt(2))
            : planes[middle].mul(2).sub(planes[middle - 1]).sub(planes[middle + 1]).div(Math.Sqrt(6));
    }
}
