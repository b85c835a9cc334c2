using Grpc.Core;
using InferenceBridge.Imaging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>Takes what the server answers, checks its order and every byte, and writes the result.</summary>
internal sealed class Downloader(Job job, ProgressReporter progress) : IDisposable
{
    private const string ResultName = "result";

    private Proto.Accepted? _accepted;
    private Proto.Summary? _summary;
    private IVolumeWriter? _writer;
    private ChunkSequence? _sequence;
    private Task _writing = Task.CompletedTask;

    /// <summary>Raised when the server has accepted the job.</summary>
    public Action<Proto.Accepted>? OnAccepted { get; init; }

    /// <summary>How far the attempt has come.</summary>
    public AttemptStage Reached { get; private set; }

    /// <summary>Reads to the end of the stream.</summary>
    /// <returns>The result, whose writer is the caller's from here on.</returns>
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
    public void Dispose() => _writer?.Dispose();

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
                var (sequence, writer) = Sink();
                _writing = Task.Run(() => Write(response.Chunk, sequence, writer));
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
        _sequence = new ChunkSequence(result, ResultName);
        _writer = job.CreateResult(result);
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

    private (ChunkSequence Sequence, IVolumeWriter Writer) Sink() => _sequence is null || _writer is null
        ? throw Violation("chunk", "The server sent a chunk before it accepted the job; accepted: Accepted first.")
        : (_sequence, _writer);

    private void Write(Proto.Chunk chunk, ChunkSequence sequence, IVolumeWriter writer)
    {
        if (chunk.Input.Length > 0)
        {
            throw Violation("chunk.input", $"The server sent a chunk of \"{chunk.Input}\"; accepted: an empty name, the result's.");
        }

        var data = chunk.Data.Span;
        var range = sequence.Accept(chunk.FirstPlane, chunk.PlaneCount, chunk.FirstRow, chunk.RowCount, data, chunk.Crc32C);
        var planeBytes = data.Length / range.PlaneCount;
        for (var i = 0; i < range.PlaneCount; i++)
        {
            writer.WriteRows(range.FirstPlane + i, range.FirstRow, range.RowCount, data.Slice(i * planeBytes, planeBytes));
        }

        progress.Report(current => current with { PlanesReceived = sequence.PlanesReceived });
    }

    private JobResult Finish()
    {
        var (sequence, writer) = _summary is null || _sequence is null || _writer is null
            ? throw Violation("summary", "The server ended the stream without a summary; accepted: Accepted, chunks, a summary.")
            : (_sequence, _writer);
        if (!sequence.IsComplete)
        {
            throw Violation(ResultName, $"The server ended the result after {sequence.PlanesReceived} whole planes; "
                + $"accepted: all {writer.Info.Shape.PlaneCount}.");
        }

        _writer = null;
        return new JobResult(writer, SummaryMapper.ToSummary(_summary, writer.Info) with
        {
            Plan = _accepted is null ? null : SummaryMapper.ToPlan(_accepted),
            Spooled = _accepted?.Spools ?? false,
            PredictedMemoryBytes = _accepted?.PredictedMemoryBytes ?? 0,
        });
    }

    private static InferenceException Violation(string field, string message) =>
        new(InferenceError.ProtocolViolation, field, message);
}
