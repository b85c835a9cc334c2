namespace Grpc.Core;

/// <summary>Requests of a streaming call, as the client writes them.</summary>
/// <typeparam name="T">Request message.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Ends the requests; the call goes on until the server ends it.</summary>
    Task CompleteAsync();
}
