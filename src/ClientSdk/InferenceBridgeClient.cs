using Grpc.Core;
using InferenceBridge.Client.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client;

/// <summary>
/// A connection to an InferenceBridge server. Safe for concurrent calls. Errors come as <see cref="InferenceException"/>,
/// cancellation as <see cref="OperationCanceledException"/>.
/// </summary>
public sealed partial class InferenceBridgeClient : IAsyncDisposable
{
    private readonly ServerAddress _address;
    private readonly InferenceBridgeClientOptions _options;
    private readonly ILogger _logger;
    private readonly CallPolicy _policy;
    private readonly ServerConnection _connection;
    private readonly Proto.CatalogService.CatalogServiceClient _catalog;
    private readonly CancellationTokenSource _closing = new();

    private InferenceBridgeClient(ServerAddress address, InferenceBridgeClientOptions options)
    {
        _address = address;
        _options = options;
        _logger = (ILogger?)options.LoggerFactory?.CreateLogger<InferenceBridgeClient>() ?? NullLogger.Instance;
        _policy = new CallPolicy(options.Retry, options.TimeProvider, address, _logger);
        _connection = new ServerConnection(address, options, isForOneAttempt: false);
        _catalog = new Proto.CatalogService.CatalogServiceClient(_connection.Channel);
    }

    /// <summary>The server's address, as it was given.</summary>
    public string Address => _address.Text;

    /// <summary>Prepares a connection; it is opened by the first call.</summary>
    /// <param name="address">"http://host:port", "host:port", or "unix:/path/to.sock" for a Unix domain socket.</param>
    /// <param name="options">Timeouts, retries, log; null takes the defaults.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.UsageInvalid"/>: the address has another form, or options are out of range.
    /// </exception>
    public static InferenceBridgeClient Connect(string address, InferenceBridgeClientOptions? options = null)
    {
        options ??= new InferenceBridgeClientOptions();
        options.Validate();
        return new InferenceBridgeClient(ServerAddress.Parse(address), options);
    }

    /// <summary>Asks for the server's version, devices and limits.</summary>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ServerUnreachable"/>, <see cref="InferenceError.DeadlineExceeded"/> and what the server refuses.
    /// </exception>
    public Task<ServerInfo> GetServerInfoAsync(CancellationToken cancellation = default) =>
        AskAsync("GetServerInfo",
            options => _catalog.GetServerInfoAsync(new Proto.GetServerInfoRequest(), options),
            CatalogMapper.ToServerInfo, cancellation);

    /// <summary>Lists what the server can do, ordered by id.</summary>
    /// <param name="task">Only operations of this task ("denoise", "deconvolve", ...); null lists all.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ServerUnreachable"/>, <see cref="InferenceError.DeadlineExceeded"/> and what the server refuses.
    /// </exception>
    public Task<IReadOnlyList<OperationInfo>> ListOperationsAsync(string? task = null, CancellationToken cancellation = default) =>
        AskAsync<Proto.ListOperationsResponse, IReadOnlyList<OperationInfo>>("ListOperations",
            options => _catalog.ListOperationsAsync(new Proto.ListOperationsRequest { Task = task ?? "" }, options),
            response => [.. response.Operations.Select(CatalogMapper.ToOperationInfo)], cancellation);

    /// <summary>Describes one operation: inputs, parameters, output, provenance.</summary>
    /// <param name="id">Id of the operation, such as "denoise/nlm".</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.OperationNotFound"/>, <see cref="InferenceError.ServerUnreachable"/>,
    /// <see cref="InferenceError.DeadlineExceeded"/>.
    /// </exception>
    public Task<OperationInfo> DescribeOperationAsync(string id, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return AskAsync("DescribeOperation",
            options => _catalog.DescribeOperationAsync(new Proto.DescribeOperationRequest { Id = id }, options),
            CatalogMapper.ToOperationInfo, cancellation);
    }

    /// <summary>Closes the connection. Calls that still run end with <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        // Not disposed itself: calls that are just ending still look at it.
        await _closing.CancelAsync().ConfigureAwait(false);
        _connection.Dispose();
    }

    private Task<TInfo> AskAsync<TResponse, TInfo>(
        string name, Func<CallOptions, AsyncUnaryCall<TResponse>> ask, Func<TResponse, TInfo> map, CancellationToken cancellation,
        bool isLong = false) =>
        CallAsync(name, isLong ? null : _options.CatalogTimeout, async (_, token) =>
        {
            try
            {
                using var call = ask(new CallOptions(CallTrace.Headers(), cancellationToken: token));
                return map(await call.ResponseAsync.ConfigureAwait(false));
            }
            catch (RpcException) when (token.IsCancellationRequested)
            {
                throw new OperationCanceledException(token);
            }
            catch (RpcException e)
            {
                var error = ErrorMapper.Map(e, _address);
                throw ErrorMapper.IsTransient(error.Error) ? new TransientFailure(error) : error;
            }
        }, cancellation);

    private async Task<T> CallAsync<T>(
        string name, TimeSpan? timeout, Func<int, CancellationToken, Task<T>> attempt, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
        try
        {
            return await CallTrace.RunAsync(name, _address, trace => _policy.ExecuteAsync(name, timeout, trace.Attempts(attempt), linked.Token))
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The caller knows its own token, not the linked one.
            throw new OperationCanceledException(cancellation);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(InferenceBridgeClient), "The client was disposed while the call ran.");
        }
    }
}
