using System.Globalization;
using System.Runtime.InteropServices;
using InferenceBridge.Imaging;
using TorchSharp;

namespace InferenceBridge.Models.Tests;

/// <summary>Sends movies through a frame operation on the CPU, as the server does.</summary>
internal sealed class MovieRun
{
    private readonly IFrameOperation _operation;
    private readonly ParameterSet _parameters;

    public MovieRun(string id, params (string Name, object Value)[] parameters)
        : this((IFrameOperation)new OperationCatalog(BuiltInOperations.All).Find(id), parameters)
    {
    }

    public MovieRun(IFrameOperation operation, params (string Name, object Value)[] parameters)
    {
        _operation = operation;
        _parameters = ParameterSet.Create(_operation.Declaration.Parameters, parameters.ToDictionary(p => p.Name, p => p.Value));
    }

    public MemoryVolume? Template { get; init; }

    /// <summary>Whether displacements are asked for.</summary>
    public bool WantsDisplacements { get; init; }

    /// <summary>By frame, as the side output has them; empty where they were not asked for.</summary>
    public List<float[]> Displacements { get; } = [];

    public IReadOnlyList<IReadOnlyDictionary<string, double>> Numbers { get; private set; } = [];

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Details { get; private set; } = new Dictionary<string, string>();

    public double Detail(string name) => double.Parse(Details[name], CultureInfo.InvariantCulture);

    public FrameJobPlan Plan(VolumeShape movie, bool isLive = false) => _operation.Plan(Request(movie, isLive, PixelType.Float32));

    /// <summary>A job on a live stream.</summary>
    public IFrameJob StartLive(VolumeShape frame, byte[]? state = null) => Start(frame, isLive: true, PixelType.Float32, state);

    /// <summary>The whole movie.</summary>
    public MemoryVolume Run(MemoryVolume movie)
    {
        var plan = _operation.Plan(Request(movie.Info.Shape, isLive: false, movie.Info.PixelType));
        using var job = Start(movie.Info.Shape, isLive: false, movie.Info.PixelType, null);
        var result = new MemoryVolume(new VolumeInfo(plan.Result with { Frames = movie.Info.Shape.Frames }, movie.Info.PixelType));
        for (var pass = 1; pass <= plan.Passes; pass++)
        {
            Numbers = Pass(job, movie, result, pass == plan.Passes, WantsDisplacements ? plan.SideOutputs["displacement"] : null);
            if (pass < plan.Passes)
            {
                job.EndPass();
            }
        }

        (Warnings, Details) = (job.Warnings, job.Details);
        return result;
    }

    public static byte[] Frame(MemoryVolume movie, int number)
    {
        var planes = movie.Info.Shape.Channels * movie.Info.Shape.Depth;
        return [.. Enumerable.Range(number * planes, planes).SelectMany(plane => movie.Plane(plane).ToArray())];
    }

    private List<IReadOnlyDictionary<string, double>> Pass(IFrameJob job, MemoryVolume movie, MemoryVolume result, bool isLast, VolumeShape? side)
    {
        var numbers = new List<IReadOnlyDictionary<string, double>>();
        var planes = (int)(result.Info.Shape.PlaneCount / result.Info.Shape.Frames);
        for (var t = 0; t < movie.Info.Shape.Frames;)
        {
            var count = Math.Min(job.Concurrency, movie.Info.Shape.Frames - t);
            var tasks = Enumerable.Range(t, count)
                .Select(i => new FrameTask(i, Frame(movie, i), isLast ? new byte[planes * result.Info.PlaneBytes] : Memory<byte>.Empty)
                {
                    SideResults = side is { } shape && isLast
                        ? new Dictionary<string, Memory<byte>> { ["displacement"] = new byte[sizeof(float) * shape.ElementCount] }
                        : new Dictionary<string, Memory<byte>>(),
                }).ToArray();
            job.Process(tasks, TestContext.Current.CancellationToken);
            foreach (var task in tasks)
            {
                numbers.Add(task.Numbers);
                if (task.SideResults.TryGetValue("displacement", out var displacements))
                {
                    Displacements.Add(MemoryMarshal.Cast<byte, float>(displacements.Span).ToArray());
                }

                for (var p = 0; isLast && p < planes; p++)
                {
                    task.Result.Slice(p * (int)result.Info.PlaneBytes, (int)result.Info.PlaneBytes).CopyTo(result.Plane((t * planes) + p));
                }

                t++;
            }
        }

        return numbers;
    }

    private IFrameJob Start(VolumeShape movie, bool isLive, PixelType type, byte[]? state)
    {
        var request = Request(movie, isLive, type);
        var auxiliaries = new Dictionary<string, MemoryVolume>();
        if (Template is not null)
        {
            auxiliaries["template"] = Template;
        }

        return _operation.Start(new FrameJobContext(request, auxiliaries, new VolumeInfo(_operation.Plan(request).Result, type), torch.CPU) { State = state is null ? (ReadOnlyMemory<byte>?)null : state });
    }

    private FrameJobRequest Request(VolumeShape movie, bool isLive, PixelType type)
    {
        var auxiliaries = new Dictionary<string, VolumeInfo>();
        if (Template is not null)
        {
            auxiliaries["template"] = Template.Info;
        }

        return new FrameJobRequest(_parameters, new VolumeInfo(movie with { Frames = 1 }, type), auxiliaries)
        {
            FrameCount = isLive ? null : movie.Frames,
            SideOutputs = WantsDisplacements ? new HashSet<string> { "displacement" } : new HashSet<string>(),
        };
    }
}
