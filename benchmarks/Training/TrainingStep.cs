using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Benchmarks.Training;

/// <summary>A network with its optimizer and one batch, to train on or to infer.</summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly SmallUNet _network;
    private readonly AdamW _optimizer;
    private readonly Tensor _input;
    private readonly Tensor _target;

    /// <param name="batch">Crops in the batch.</param>
    /// <param name="size">Edge of a crop in px.</param>
    /// <param name="channelsLast">Whether activations and weights have the channels last in memory.</param>
    public TrainingStep(long batch, long size, bool channelsLast)
    {
        using var scope = NewDisposeScope();
        manual_seed(0);
        _network = new SmallUNet();
        if (channelsLast)
        {
            _network.UseChannelsLast();
        }

        _optimizer = optim.AdamW(_network.parameters(), lr: 1e-3, weight_decay: 1e-2);
        _input = rand([batch, 1, size, size]).DetachFromDisposeScope();
        _target = rand([batch, 1, size, size]).DetachFromDisposeScope();
    }

    public long Parameters => _network.parameters().Sum(parameter => parameter.numel());

    /// <summary>Mean squared error before the last step.</summary>
    public double Loss { get; private set; }

    /// <summary>Seconds of one step: gradients cleared, forward, backward, AdamW.</summary>
    public double Train()
    {
        var start = Stopwatch.GetTimestamp();
        using (NewDisposeScope())
        {
            _optimizer.zero_grad();
            var loss = nn.functional.mse_loss(_network.call(_input), _target);
            loss.backward();
            _optimizer.step();
            Loss = loss.ToDouble();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Seconds of one forward pass in inference mode.</summary>
    public double Infer()
    {
        var start = Stopwatch.GetTimestamp();
        using (NewDisposeScope())
        using (inference_mode())
        {
            _network.call(_input);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _input.Dispose();
        _target.Dispose();
    }
}
