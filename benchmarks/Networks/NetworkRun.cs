using System.Diagnostics;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Benchmarks.Networks;

/// <summary>A denoising network with weights that a peer can read, on one batch, to infer or to train.</summary>
internal sealed class NetworkRun : IDisposable
{
    private const double LearningRate = 1e-4;
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly AdamW _optimizer;
    private readonly Tensor _input;
    private readonly Tensor _target;

    /// <param name="architecture">Name of the network.</param>
    /// <param name="batch">Images in the batch.</param>
    /// <param name="size">Their side in px.</param>
    public NetworkRun(string architecture, long batch, long size)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        _network = NetworkArchitectures.Create(architecture, new Dictionary<string, string>());
        using (no_grad())
        {
            // Its last layer is 0 to begin with, and the output would tell nothing.
            nn.init.normal_(_network.get_parameter("head.weight")!, 0, 0.05);
        }

        _optimizer = optim.AdamW(_network.parameters(), lr: LearningRate, weight_decay: 1e-4);
        _input = randn([batch, 1, size, size]).DetachFromDisposeScope();
        _target = _input.mul(0.5).DetachFromDisposeScope();
    }

    /// <summary>The batch, X fastest.</summary>
    public float[] Input => _input.data<float>().ToArray();

    /// <summary>The last output, X fastest.</summary>
    public float[] Output { get; private set; } = [];

    /// <summary>The loss before the last step.</summary>
    public double Loss { get; private set; }

    /// <summary>Writes the weights.</summary>
    public void Save(string path) => SafetensorsFile.Write(path, _network.state_dict());

    /// <summary>Seconds of one forward pass in inference mode.</summary>
    public double Infer()
    {
        var start = Stopwatch.GetTimestamp();
        using var scope = NewDisposeScope();
        using var inference = inference_mode();
        var output = _network.call(_input);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Output = output.data<float>().ToArray();
        return seconds;
    }

    /// <summary>Seconds of one step: gradients cleared, forward, backward, AdamW.</summary>
    public double Train()
    {
        var start = Stopwatch.GetTimestamp();
        using var scope = NewDisposeScope();
        _optimizer.zero_grad();
        var loss = nn.functional.mse_loss(_network.call(_input), _target);
        loss.backward();
        _optimizer.step();
        Loss = loss.ToDouble();
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
