using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// An exponential moving average of a network's parameters and running statistics, which denoises better than the last step's. Early
/// on it forgets faster: its decay is at most (1 + step) / (10 + step).
/// </summary>
internal sealed class WeightAverage : IDisposable
{
    private readonly Dictionary<string, Tensor> _network;
    private readonly double _decay;

    /// <param name="network">Its weights are the average's start.</param>
    /// <param name="decay">How much of itself the average keeps in a step, 0 to below 1.</param>
    public WeightAverage(nn.Module network, double decay)
    {
        _decay = decay;
        _network = network.state_dict();
        Values = WeightCopies.Of(_network);
    }

    /// <summary>The average by the names of the network's state.</summary>
    public Dictionary<string, Tensor> Values { get; }

    /// <summary>Takes in the network's weights.</summary>
    /// <param name="step">Steps done, this one included.</param>
    public void Update(long step)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        var part = 1 - Math.Min(_decay, (1d + step) / (10 + step));
        foreach (var (name, value) in Values)
        {
            if (value.is_floating_point())
            {
                value.lerp_(_network[name], part);
            }
            else
            {
                value.copy_(_network[name]);
            }
        }
    }

    public void Dispose() => WeightCopies.Dispose(Values);
}
