using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Judges a network by frames of known defocus: the mean cross entropy decides, figures are of the classes.</summary>
/// <param name="frames">Frames that nothing is learnt from.</param>
/// <param name="simulated">Simulated ones beside real ones, as heavy together as those; their figures are apart. Empty: none.</param>
internal sealed class DefocusValidator(IReadOnlyList<DefocusFrame> frames, IReadOnlyList<DefocusFrame> simulated) : IValidator
{
    /// <summary>The frames.</summary>
    public IReadOnlyList<DefocusFrame> Frames => frames;

    /// <summary>Simulated ones beside them.</summary>
    public IReadOnlyList<DefocusFrame> Simulated => simulated;

    public ValidationScore Score(nn.Module<Tensor, Tensor> network, Device device, CancellationToken cancellation)
    {
        var figures = new Dictionary<string, double>();
        var entropy = Score(frames, "", figures, network, device, cancellation);
        if (simulated.Count > 0)
        {
            entropy = (entropy + Score(simulated, "simulated_", figures, network, device, cancellation)) / 2;
        }

        figures["cross_entropy"] = entropy;
        return new ValidationScore(-entropy, figures);
    }

    private static double Score(
        IReadOnlyList<DefocusFrame> frames, string prefix, Dictionary<string, double> figures, nn.Module<Tensor, Tensor> network, Device device, CancellationToken cancellation)
    {
        var probabilities = DefocusRun.Probabilities(network, frames, device, cancellation);
        var target = new float[DefocusClasses.Count];
        var entropy = 0.0;
        for (var i = 0; i < frames.Count; i++)
        {
            DefocusLabels.Fill(frames[i].Defocus, target);
            entropy -= target.Zip(probabilities[i], (t, p) => t * Math.Log(Math.Max(p, 1e-9))).Sum() / frames.Count;
        }

        var answers = frames.Select((frame, i) => (Frame: frame, Answer: (probabilities[i], frame.Defocus))).ToArray();
        Add(figures, prefix, DefocusScore.Signed([.. answers.Where(a => a.Frame.SignVisible).Select(a => a.Answer)]));
        Add(figures, $"{prefix}distance_", DefocusScore.Distance([.. answers.Where(a => !a.Frame.SignVisible).Select(a => a.Answer)]));
        return entropy;
    }

    private static void Add(Dictionary<string, double> figures, string prefix, DefocusScore score)
    {
        if (score.Count > 0)
        {
            figures[$"{prefix}top1"] = score.TopOne;
            figures[$"{prefix}mean_absolute_error_um"] = score.MeanError;
            figures[$"{prefix}within_1_5_um"] = score.Within;
        }
    }
}
