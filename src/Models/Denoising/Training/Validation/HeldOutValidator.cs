using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// For want of clean images: the mean squared difference to noisy targets that the network does not learn from, always the same crops.
/// It counts in variances of the noise and holds the targets' own noise, about 1: only its changes tell how good the network is.
/// </summary>
/// <param name="batches">Where the crops come from.</param>
/// <param name="count">Batches to take.</param>
internal sealed class HeldOutValidator(IBatchSource batches, int count) : IValidator
{
    private readonly MeanSquaredLoss _loss = new();

    public ValidationScore Score(nn.Module<Tensor, Tensor> network, Device device, CancellationToken cancellation)
    {
        var sum = 0d;
        for (var i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = batches.Draw(i).To(device);
            sum += _loss.Compute(network.call(batch.Input), batch.Target, batch.Weight).item<float>();
        }

        var variances = sum / count * StabilisedDomain.Scale * StabilisedDomain.Scale;
        return new ValidationScore(-variances, new Dictionary<string, double> { ["error_in_noise_variances"] = variances });
    }
}
