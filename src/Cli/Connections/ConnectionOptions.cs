using System.CommandLine;
using InferenceBridge.Client;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Cli;

/// <summary>Which server a command talks to.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<string?> _server = CommonOptions.Server();
    private readonly Option<bool> _verbose = CommonOptions.Verbose();

    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        command.Options.Add(_verbose);
    }

    /// <summary>Connects to the server that was named, or hosts one.</summary>
    public async Task<Connection> OpenAsync(ParseResult parsed, CancellationToken cancellation, RetryOptions? retry = null)
    {
        Action<ILoggingBuilder>? logging = parsed.GetValue(_verbose) ? StandardErrorLog.Configure : null;
        var loggers = logging is null ? null : LoggerFactory.Create(logging);
        EmbeddedServer? server = null;
        try
        {
            var address = parsed.GetValue(_server);
            if (address is null)
            {
                server = await EmbeddedServer.StartAsync(logging, cancellation);
                address = server.Address;
            }

            var client = InferenceBridgeClient.Connect(address, new InferenceBridgeClientOptions
            {
                LoggerFactory = loggers, Retry = retry ?? new RetryOptions(),

                // A server that is only just starting keeps the question of its catalogue waiting too.
                CatalogTimeout = retry is { AfterPartialResult: true } && retry.Deadline > TimeSpan.FromMinutes(1) ? retry.Deadline : TimeSpan.FromMinutes(1),
            });
            return new Connection(client, server, loggers);
        }
        catch
        {
            await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
            loggers?.Dispose();
            throw;
        }
    }
}

/// <summary>A client, and the server that lives as long as it does.</summary>
internal sealed class Connection(InferenceBridgeClient client, EmbeddedServer? server, ILoggerFactory? loggers) : IAsyncDisposable
{
    public InferenceBridgeClient Client => client;

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        loggers?.Dispose();
    }
}
