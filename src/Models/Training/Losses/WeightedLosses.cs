using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>A sum of losses, each times a factor.</summary>
internal sealed class WeightedLosses(IReadOnlyList<(double Factor, ILoss Loss)> terms) : ILoss
{
    public bool TakesSinglePixels => terms.All(term => term.Loss.TakesSinglePixels);

    public Tensor Compute(Tensor output, Tensor target, Tensor? weight)
    {
        var sum = terms[0].Factor * terms[0].Loss.Compute(output, target, weight);
        foreach (var (factor, loss) in terms.Skip(1))
        {
            sum = sum + (factor * loss.Compute(output, target, weight));
        }

        return sum;
    }
}
