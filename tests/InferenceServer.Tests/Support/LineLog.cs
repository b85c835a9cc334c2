using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>Keeps every line of the server's own log with its event id.</summary>
internal sealed class LineLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(int Id, string Text)> _lines = new();

    public IReadOnlyCollection<(int Id, string Text)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("InferenceBridge", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, formatter(state, exception)));

    public void Dispose()
    {
        // Nothing is held.
    }
}
