using System.Diagnostics;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using TorchSharp;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>An operation on a whole stack on the CPU, without a server.</summary>
internal sealed class InProcessOperation : IDisposable
{
    private readonly ITensorOperation _operation;
    private readonly TensorJobContext _context;
    private readonly torch.Tensor _image;
    private float[] _result = [];

    /// <param name="id">Id of the operation.</param>
    /// <param name="given">Parameters: double, long, bool or string.</param>
    /// <param name="image">One float32 stack.</param>
    /// <param name="auxiliaries">Auxiliary volumes by name.</param>
    /// <param name="catalog">Where operations are; null for those without packages.</param>
    public InProcessOperation(
        string id, IReadOnlyDictionary<string, object> given, MemoryVolume image, IReadOnlyDictionary<string, MemoryVolume> auxiliaries,
        OperationCatalog? catalog = null)
    {
        _operation = (ITensorOperation)(catalog ?? new OperationCatalog(BuiltInOperations.All)).Find(id);
        var parameters = ParameterSet.Create(_operation.Declaration.Parameters, given);
        var request = new TensorJobRequest(parameters, image.Info, auxiliaries.ToDictionary(a => a.Key, a => a.Value.Info));
        var statistics = _operation.Plan(request).NeedsStatistics ? VolumeStatistics.Compute(image, estimateNoise: true) : null;
        _context = new TensorJobContext(request, auxiliaries, statistics, torch.CPU);
        var shape = image.Info.Shape;
        _image = torch.tensor(image.ToSingles(), [shape.Depth, shape.Height, shape.Width]);
    }

    public string Version => _operation.Declaration.Version;

    /// <summary>The last result, X fastest.</summary>
    public IReadOnlyList<float> Result => _result;

    /// <summary>Plans, starts and runs the job once; the seconds from the image as a tensor to the result as one.</summary>
    public double Run()
    {
        var start = Stopwatch.GetTimestamp();
        var pass = _operation.Plan(_context.Request).FirstPass;
        Read(pass);
        using var job = _operation.Start(_context with { FirstPass = pass });
        using var result = job.Process(_image, new TileContext(0, CancellationToken.None));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var values = result.data<float>();
        _result = values.ToArray();
        return seconds;
    }

    public void Dispose() => _image.Dispose();

    // What the server does while an image comes in.
    private void Read(IImagePass? pass)
    {
        while (pass is { NeedsReading: true })
        {
            using var values = _image.data<float>();
            var pixels = values.ToArray();
            var plane = (int)_context.Request.Image.Shape.PlaneElementCount;
            for (var at = 0; at < pixels.Length; at += plane)
            {
                pass.Add(0, pixels.AsSpan(at, plane));
            }

            pass.EndReading();
        }
    }
}
