using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Grpc.Core;
using InferenceBridge.Client.Internal;
using InferenceBridge.Imaging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client;

/// <summary>
/// Frames to a server and their answers back, both at once. One task may send while another reads; results must be read, since those that
/// nobody takes make the sender wait.
/// </summary>
public sealed class FrameStream : IAsyncDisposable
{
    // Answers that wait for the reader here; the server holds no more than its queue.
    private const int WaitingResults = 4;

    private readonly FrameStreamRequest _request;
    private readonly ServerConnection _connection;
    private readonly ServerAddress _address;
    private readonly CancellationTokenSource _stop;
    private readonly AsyncDuplexStreamingCall<Proto.FrameRequest, Proto.FrameResponse> _call;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Channel<FrameResult> _results = Channel.CreateBounded<FrameResult>(WaitingResults);
    private readonly TaskCompletionSource<FrameStreamInfo> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<FrameStreamSummary> _summary = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<TaskCompletionSource<byte[]>> _exports = new();
    private readonly CancellationToken _caller;
    private readonly Task _opening;
    private readonly Task _reading;
    private MemoryStream? _state;

    internal FrameStream(
        FrameStreamRequest request, ServerConnection connection, ServerAddress address, CancellationToken closing, CancellationToken caller)
    {
        (_request, _connection, _address, _caller) = (request, connection, address, caller);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(closing, caller);
        _call = new Proto.FrameService.FrameServiceClient(connection.Channel).Stream(CallTrace.Headers(), cancellationToken: _stop.Token);
        _opening = Task.Run(() => FrameOpener.SendAsync(request, _call.RequestStream, _stop.Token));
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Ends when the server takes frames: at once, or when other jobs have ended.</summary>
    public Task<FrameStreamInfo> Opened => _opened.Task;

    /// <summary>Ends with the stream, after <see cref="CompleteAsync"/> and the last answer.</summary>
    public Task<FrameStreamSummary> Completion => _summary.Task;

    /// <summary>Sends a frame; waits while the server, or the way there, has no room.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="cancellation">Gives up waiting; the stream then is not usable any more.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ChunkSizeMismatch"/>: its bytes are not those of a frame; or why the server has ended the stream.
    /// </exception>
    public Task SendAsync(Frame frame, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.Pixels.Length != _request.Frame.TotalBytes)
        {
            throw new InferenceException(InferenceError.ChunkSizeMismatch, "frame.data",
                $"Frame {frame.Id} has {frame.Pixels.Length} bytes; accepted: the {_request.Frame.TotalBytes} of {_request.Frame.Shape} in {_request.Frame.PixelType.Name()}.");
        }

        return WriteAsync(new Proto.FrameRequest { Frame = FrameMapper.ToProto(frame, _request.Frame) }, cancellation);
    }

    /// <summary>The answers in the order of the frames, until <see cref="CompleteAsync"/> and the last of them. To be read once.</summary>
    /// <param name="cancellation">Ends the reading; the stream goes on.</param>
    /// <exception cref="InferenceException">Why the server has ended the stream; answers before that have been given.</exception>
    public async IAsyncEnumerable<FrameResult> ReadResultsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var result in _results.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    /// <summary>The state as it is after all frames sent so far, to resume from. Results must be read meanwhile.</summary>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="InferenceException">Why the server has ended the stream.</exception>
    public async Task<byte[]> ExportStateAsync(CancellationToken cancellation = default)
    {
        var export = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_exports)
        {
            _exports.Enqueue(export);
        }

        await WriteAsync(new Proto.FrameRequest { Export = new Proto.ExportState() }, cancellation).ConfigureAwait(false);
        await Task.WhenAny(export.Task, _reading).WaitAsync(cancellation).ConfigureAwait(false);
        if (!export.Task.IsCompleted)
        {
            await Completion.ConfigureAwait(false);
            throw FrameMapper.Violation("The stream ended without the state that was asked for.");
        }

        return await export.Task.ConfigureAwait(false);
    }

    /// <summary>Says that no frame follows. Answers still come; <see cref="Completion"/> ends after the last.</summary>
    public async Task CompleteAsync()
    {
        await _opening.ConfigureAwait(false);
        await _writing.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            await _call.RequestStream.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or IOException)
        {
            // The server has ended the stream: the reader knows why.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Ends the stream at once; the server frees what it had.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _connection.Dispose();
        _call.Dispose();
        await Task.WhenAll(_opening, _reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Whoever did not ask how it ended does not want to know.
        _ = _opened.Task.Exception;
        _ = _summary.Task.Exception;
    }

    private async Task WriteAsync(Proto.FrameRequest message, CancellationToken cancellation)
    {
        try
        {
            await _opening.WaitAsync(cancellation).ConfigureAwait(false);
            await _writing.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                await _call.RequestStream.WriteAsync(message, cancellation).ConfigureAwait(false);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is RpcException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // The server has ended the stream, and the reader learns why; it may first have to give answers to whoever reads them.
            await Completion.ConfigureAwait(false);
            throw new InvalidOperationException("The stream is complete; accepted: no further frames.", e);
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _call.ResponseStream.MoveNext(_stop.Token).ConfigureAwait(false))
            {
                await TakeAsync(_call.ResponseStream.Current).ConfigureAwait(false);
            }

            End(_summary.Task.IsCompleted ? null : FrameMapper.Violation("The server ended the stream without a summary."));
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            End(_caller.IsCancellationRequested
                ? new OperationCanceledException(_caller)
                : new ObjectDisposedException(nameof(FrameStream), "The stream was disposed of while it ran."));
        }
        catch (RpcException e)
        {
            End(ErrorMapper.Map(e, _address, _opened.Task.IsCompletedSuccessfully, _connection.GreetingFault));
        }
        catch (Exception e)
        {
            End(e);
        }
    }

    private async Task TakeAsync(Proto.FrameResponse message)
    {
        switch (message.KindCase)
        {
            case Proto.FrameResponse.KindOneofCase.Opened:
                _opened.TrySetResult(FrameMapper.ToInfo(message.Opened, _request));
                break;
            case Proto.FrameResponse.KindOneofCase.Result:
                await _results.Writer.WriteAsync(FrameMapper.ToResult(message.Result, _request), _stop.Token).ConfigureAwait(false);
                break;
            case Proto.FrameResponse.KindOneofCase.State:
                TakeState(message.State);
                break;
            case Proto.FrameResponse.KindOneofCase.Summary:
                _summary.TrySetResult(FrameMapper.ToSummary(message.Summary));
                break;
            default:
                break;
        }
    }

    private void TakeState(Proto.StateChunk chunk)
    {
        _state = FrameMapper.Add(_state, chunk);
        if (_state.Length < chunk.TotalBytes)
        {
            return;
        }

        lock (_exports)
        {
            if (_exports.TryDequeue(out var export))
            {
                export.TrySetResult(_state.ToArray());
            }
        }

        _state = null;
    }

    private void End(Exception? fault)
    {
        if (fault is null)
        {
            _results.Writer.TryComplete();
            return;
        }

        _results.Writer.TryComplete(fault);
        _opened.TrySetException(fault);
        _summary.TrySetException(fault);
        lock (_exports)
        {
            while (_exports.TryDequeue(out var export))
            {
                export.TrySetException(fault);
            }
        }
    }
}
