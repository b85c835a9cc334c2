namespace Grpc.Core;

/// <summary>Messages that leave one after the other. One write at a time.</summary>
/// <typeparam name="T">Message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options of the writes to come; null for the call's own.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message; completes once the transport has room for the next.</summary>
    Task WriteAsync(T message);

    /// <summary>Writes a message, and ends the call when cancelled.</summary>
    /// <exception cref="NotSupportedException">The implementation cannot cancel a write.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled
            ? Task.FromException(new NotSupportedException("This writer cannot cancel a write."))
            : WriteAsync(message);
}
