namespace Grpc.Core;

/// <summary>Additions to <see cref="IAsyncStreamReader{T}"/>.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Goes to the next message; false at the end.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="streamReader"/> is null.</exception>
    public static Task<bool> MoveNext<T>(this IAsyncStreamReader<T> streamReader)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return streamReader.MoveNext(CancellationToken.None);
    }
}
