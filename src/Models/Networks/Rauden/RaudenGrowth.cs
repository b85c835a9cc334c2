using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// Takes the weights of a trained network over into one that is as large or larger, so that it begins where the other ended:
/// T. Chen, I. Goodfellow, J. Shlens, "Net2Net", ICLR 2016, arXiv:1511.05641. Further features are computed from the first step on, but what
/// was there does not see them yet; further blocks add nothing yet.
/// </summary>
internal static class RaudenGrowth
{
    /// <param name="source">The trained network.</param>
    /// <param name="from">Its sizes.</param>
    /// <param name="target">The network to begin, with new weights.</param>
    /// <param name="to">Its sizes.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ShapeMismatch"/>: it is smaller.</exception>
    public static void Take(RaudenNetwork source, RaudenOptions from, RaudenNetwork target, RaudenOptions to)
    {
        if (from.Channels > to.Channels || from.Depth > to.Depth || from.Widths.Zip(to.Widths).Any(widths => widths.First > widths.Second))
        {
            throw new InferenceException(InferenceError.ShapeMismatch, "start",
                $"start has a network of {Sizes(from)}, which is larger than the {Sizes(to)} that are to be trained; accepted: one of the same size or smaller.");
        }

        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var trained = source.state_dict();
        foreach (var (name, weights) in target.state_dict())
        {
            if (trained.TryGetValue(name, out var values))
            {
                Copy(name, values, weights, from, to);
            }
            else if (name.Contains(".narrow.", StringComparison.Ordinal))
            {
                // The last step of a further block, whose result is added to what it got.
                weights.zero_();
            }
        }
    }

    private static void Copy(string name, Tensor values, Tensor weights, RaudenOptions from, RaudenOptions to)
    {
        var outputs = values.shape[0];
        if (values.shape.Length == 1)
        {
            weights.narrow(0, 0, outputs).copy_(values);
            return;
        }

        if (name.EndsWith(".attention.convolution.weight", StringComparison.Ordinal))
        {
            // One filter along the features, whose length grows with their number.
            weights.zero_();
            weights.narrow(2, (weights.shape[2] - values.shape[2]) / 2, values.shape[2]).copy_(values);
            return;
        }

        var rows = weights.narrow(0, 0, outputs);
        rows.zero_();
        foreach (var (source, target, length) in Inputs(name, values.shape[1], from, to))
        {
            rows.narrow(1, target, length).copy_(values.narrow(1, source, length));
        }
    }

    /// <summary>Where inputs of a layer come to lie that are not the first.</summary>
    private static IEnumerable<(long Source, long Target, long Length)> Inputs(string name, long inputs, RaudenOptions from, RaudenOptions to)
    {
        if (name == "stem.weight")
        {
            // Four features for each plane; the middle ones are those that there were.
            return [(0, 4 * ((to.Channels - from.Channels) / 2), inputs)];
        }

        if (name != "pyramid.join.weight")
        {
            return [(0, 0, inputs)];
        }

        var (few, many) = (from.Widths[^1], to.Widths[^1]);
        var branches = (inputs - few) / (few / 4);
        return [(0, 0, few), .. Enumerable.Range(0, (int)branches).Select(i => ((long)few + (i * (few / 4)), (long)many + (i * (many / 4)), (long)few / 4))];
    }

    private static string Sizes(RaudenOptions options) =>
        $"{string.Join('/', options.Widths)} features, {options.Depth} block(s) at each level and {options.Channels} plane(s)";
}
