namespace Grpc.Core;

/// <summary>Messages that arrive one after the other. One read at a time.</summary>
/// <typeparam name="T">Message.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that <see cref="MoveNext"/> went to.</summary>
    T Current { get; }

    /// <summary>Goes to the next message; false at the end.</summary>
    /// <exception cref="RpcException">On the client: the call failed.</exception>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
