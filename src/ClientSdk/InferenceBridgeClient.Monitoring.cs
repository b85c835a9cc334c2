using System.Runtime.CompilerServices;
using Grpc.Core;
using InferenceBridge.Client.Internal;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client;

public sealed partial class InferenceBridgeClient
{
    /// <summary>Asks what the server is doing now: devices, queue, jobs.</summary>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ServerUnreachable"/>, <see cref="InferenceError.DeadlineExceeded"/> and what the server refuses.
    /// </exception>
    public Task<ServerStatus> GetStatusAsync(CancellationToken cancellation = default) =>
        AskAsync("GetStatus",
            options => new Proto.MonitoringService.MonitoringServiceClient(_connection.Channel).GetStatusAsync(new Proto.GetStatusRequest(), options),
            StatusMapper.ToServerStatus, cancellation);

    /// <summary>
    /// Watches what the server is doing: its state at once and then at every interval, until the caller stops to enumerate or
    /// the server begins to stop. Nothing is tried again.
    /// </summary>
    /// <param name="interval">Time between two states (0.1 s to 1 hour); null takes 1 s.</param>
    /// <param name="cancellation">Ends the watch.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ServerUnreachable"/>, also when the connection is lost; <see cref="InferenceError.UsageInvalid"/>
    /// for an interval out of range.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async IAsyncEnumerable<ServerStatus> WatchAsync(
        TimeSpan? interval = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        var request = new Proto.WatchRequest { IntervalSeconds = (interval ?? TimeSpan.FromSeconds(1)).TotalSeconds };
        using var call = new Proto.MonitoringService.MonitoringServiceClient(_connection.Channel).Watch(request, cancellationToken: linked.Token);
        var wasConnected = false;
        while (await NextAsync(call.ResponseStream, wasConnected, cancellation, linked.Token).ConfigureAwait(false))
        {
            wasConnected = true;
            yield return StatusMapper.ToServerStatus(call.ResponseStream.Current);
        }
    }

    private async Task<bool> NextAsync(
        IAsyncStreamReader<Proto.ServerStatus> states, bool wasConnected, CancellationToken cancellation, CancellationToken linked)
    {
        try
        {
            return await states.MoveNext(linked).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException && cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException && _closing.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(InferenceBridgeClient), "The client was disposed while it watched.");
        }
        catch (RpcException e)
        {
            throw ErrorMapper.Map(e, _address, wasConnected);
        }
    }
}
