using Grpc.Core;
using InferenceBridge.Imaging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>Takes what the server answers, checks its order and every byte, and writes the result.</summary>
internal sealed class Downloader(Job job, ProgressReporter progress) : IDisposable
{
    private const string ResultName = "result";

    // By the name that chunks have: none for the result.
    private readonly Dictionary<string, ResultSink> _sinks = new(StringComparer.Ordinal);
    private Proto.Accepted? _accepted;
    private Proto.Summary? _summary;
    private Task _writing = Task.CompletedTask;

    /// <summary>Raised when the server has accepted the job.</summary>
    public Action<Proto.Accepted>? OnAccepted { get; init; }

    /// <summary>How far the attempt has come.</summary>
    public AttemptStage Reached { get; private set; }

    /// <summary>Reads to the end of the stream.</summary>
    /// <returns>The result, whose writers are the caller's from here on.</returns>
    public async Task<JobResult> RunAsync(IAsyncStreamReader<Proto.ProcessResponse> stream, CancellationToken cancellation)
    {
        try
        {
            while (await stream.MoveNext(cancellation).ConfigureAwait(false))
            {
                Reached = Reached == AttemptStage.Connecting ? AttemptStage.Running : Reached;
                await TakeAsync(stream.Current).ConfigureAwait(false);
            }
        }
        catch when (_writing.IsFaulted)
        {
            // The writer failed first; the rest followed from it.
        }
        finally
        {
            await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _writing.ConfigureAwait(false);
        return Finish();
    }

    /// <summary>Throws away what was written, unless <see cref="RunAsync"/> has handed it over.</summary>
    public void Dispose()
    {
        foreach (var sink in _sinks.Values)
        {
            sink.Writer.Dispose();
        }
    }

    private async Task TakeAsync(Proto.ProcessResponse response)
    {
        if (_summary is not null)
        {
            throw Violation("summary", $"The server sent {response.KindCase} after the summary; accepted: the end of the stream.");
        }

        switch (response.KindCase)
        {
            case Proto.ProcessResponse.KindOneofCase.Accepted:
                Accept(response.Accepted);
                break;
            case Proto.ProcessResponse.KindOneofCase.Progress:
                Report(response.Progress);
                break;
            case Proto.ProcessResponse.KindOneofCase.Chunk:
                Reached = AttemptStage.Receiving;
                // One chunk is checked and written while the next one arrives.
                await _writing.ConfigureAwait(false);
                var sink = Sink(response.Chunk.Input);
                _writing = Task.Run(() => Write(response.Chunk, sink));
                break;
            case Proto.ProcessResponse.KindOneofCase.FrameNumbers:
                job.Request.FrameNumbers?.Invoke(response.FrameNumbers.Frame, new Dictionary<string, double>(response.FrameNumbers.Numbers));
                break;
            case Proto.ProcessResponse.KindOneofCase.Summary:
                _summary = response.Summary;
                break;
            default:
                // A kind of message that a later version may add.
                break;
        }
    }

    private void Accept(Proto.Accepted accepted)
    {
        if (_accepted is not null)
        {
            throw Violation("accepted", "The server accepted the job twice; accepted: once.");
        }

        var result = VolumeMapper.ToResult(accepted.Result, job.Image.Info);
        if (job.Request.OutputPixelType is { } asked && asked != result.PixelType)
        {
            throw Violation("result.pixel_type",
                $"The server announces a result of {result.PixelType.Name()}; accepted: {asked.Name()}, as asked for.");
        }

        _accepted = accepted;
        _sinks.Add("", new ResultSink(ResultName, job.CreateResult(result)));
        foreach (var (name, create) in job.Request.SideOutputs)
        {
            _sinks.Add(name, new ResultSink(name, create(SideOutput(accepted, name))));
        }

        OnAccepted?.Invoke(accepted);
        progress.Report(current => current with { Device = accepted.Device, Plan = SummaryMapper.ToPlan(accepted), PlanesTotal = result.Shape.PlaneCount });
    }

    private void Report(Proto.Progress news) =>
        progress.Report(current => current with
        {
            Stage = news.Stage,
            Iteration = news.Iteration,
            Iterations = news.Iterations,
            PlanesComputed = news.PlanesComputed,
            FractionComputed = double.IsFinite(news.Fraction) ? Math.Clamp(news.Fraction, 0, 1) : 0,
            QueuePosition = news.QueuePosition,

            // A number from elsewhere: one that is no duration counts as unknown.
            EstimatedWait = news.EstimatedWaitSeconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(news.EstimatedWaitSeconds) : null,
        });

    private VolumeInfo SideOutput(Proto.Accepted accepted, string name)
    {
        var side = accepted.SideOutputs.FirstOrDefault(side => side.Name == name) ?? throw Violation("side_outputs",
            $"The server accepted the job without the side output {name}; accepted: a server that makes it.");
        return VolumeMapper.ToSideOutput(side, job.Image.Info);
    }

    private ResultSink Sink(string name)
    {
        if (_sinks.Count == 0)
        {
            throw Violation("chunk", "The server sent a chunk before it accepted the job; accepted: Accepted first.");
        }

        return _sinks.GetValueOrDefault(name) ?? throw Violation("chunk.input",
            $"The server sent a chunk of \"{name}\"; accepted: an empty name, the result's{string.Concat(job.Request.SideOutputs.Keys.Select(side => ", " + side))}.");
    }

    private void Write(Proto.Chunk chunk, ResultSink sink)
    {
        sink.Write(chunk);
        if (chunk.Input.Length == 0)
        {
            progress.Report(current => current with { PlanesReceived = sink.PlanesReceived });
        }
    }

    private JobResult Finish()
    {
        if (_summary is null || !_sinks.TryGetValue("", out var result))
        {
            throw Violation("summary", "The server ended the stream without a summary; accepted: Accepted, chunks, a summary.");
        }

        foreach (var sink in _sinks.Values)
        {
            sink.CheckComplete();
        }

        var writers = job.Request.SideOutputs.Keys.Select(name => _sinks[name].Writer).ToArray();
        _sinks.Clear();
        var summary = SummaryMapper.ToSummary(_summary, result.Writer.Info) with
        {
            Plan = _accepted is null ? null : SummaryMapper.ToPlan(_accepted),
            Spooled = _accepted?.Spools ?? false,
            PredictedMemoryBytes = _accepted?.PredictedMemoryBytes ?? 0,
        };
        return new JobResult(result.Writer, summary) { SideOutputs = writers };
    }

    private static InferenceException Violation(string field, string message) =>
        new(InferenceError.ProtocolViolation, field, message);
}
