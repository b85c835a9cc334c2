namespace InferenceBridge.Server.Jobs;

/// <summary>Bounds the time that a job holds its place for a client that neither sends nor reads.</summary>
internal sealed class ClientPatience(TimeSpan limit, TimeProvider time)
{
    /// <summary>Waits for the client.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.DeadlineExceeded"/>: it took too long.</exception>
    public async ValueTask<T> WaitAsync<T>(Task<T> client, string what)
    {
        await WaitAsync((Task)client, what).ConfigureAwait(false);
        return await client.ConfigureAwait(false);
    }

    /// <inheritdoc cref="WaitAsync{T}"/>
    public async ValueTask WaitAsync(Task client, string what)
    {
        try
        {
            await (client.IsCompleted ? client : client.WaitAsync(limit, time)).ConfigureAwait(false);
        }
        catch (TimeoutException e) when (!client.IsCompleted)
        {
            throw new InferenceException(InferenceError.DeadlineExceeded, "InferenceBridge:ClientIdleSeconds",
                $"The client did not {what} for {limit.TotalSeconds} s; accepted: less than that.", e);
        }
    }
}
