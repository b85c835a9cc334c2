namespace Grpc.Core;

/// <summary>A way to a server, which many calls share.</summary>
public abstract class ChannelBase
{
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>The server's address, as given.</summary>
    public string Target { get; }

    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Ends the channel.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>Ends the channel; does nothing unless overridden.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
