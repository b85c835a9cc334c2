using System.Diagnostics;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using TorchSharp;

namespace InferenceBridge.Benchmarks;

/// <summary>One tensor operation on one stack in this process, as the server runs it.</summary>
internal sealed class OperationRun : IDisposable
{
    private readonly ITensorJob _job;
    private readonly torch.Tensor _tile;

    public OperationRun(string operation, float[] image, VolumeShape shape, Dictionary<string, object> parameters, Dictionary<string, MemoryVolume> auxiliaries)
    {
        var found = (ITensorOperation)new OperationCatalog(BuiltInOperations.All).Find(operation);
        var request = new TensorJobRequest(
            ParameterSet.Create(found.Declaration.Parameters, parameters),
            new VolumeInfo(shape, PixelType.Float32),
            auxiliaries.ToDictionary(pair => pair.Key, pair => pair.Value.Info));
        _job = found.Start(new TensorJobContext(request, auxiliaries, null, torch.CPU));
        _tile = torch.tensor(image, [shape.Depth, shape.Height, shape.Width]);
    }

    /// <summary>The last result, X fastest.</summary>
    public float[] Result { get; private set; } = [];

    public Task<double> SecondsAsync()
    {
        var start = Stopwatch.GetTimestamp();
        using var result = _job.Process(_tile, default);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Result = result.data<float>().ToArray();
        return Task.FromResult(seconds);
    }

    public void Dispose()
    {
        _tile.Dispose();
        _job.Dispose();
    }
}
