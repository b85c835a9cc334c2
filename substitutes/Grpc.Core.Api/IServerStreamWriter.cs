namespace Grpc.Core;

/// <summary>Responses of a streaming call, as the server writes them; they end when the handler returns.</summary>
/// <typeparam name="T">Response message.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>;
