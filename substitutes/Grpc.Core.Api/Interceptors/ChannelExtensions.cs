namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors before a channel.</summary>
public static class ChannelExtensions
{
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor) =>
        InvokerOf(channel).Intercept(interceptor);

    /// <summary>The first interceptor sees a call first.</summary>
    /// <exception cref="ArgumentNullException">An argument or an interceptor is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors) =>
        InvokerOf(channel).Intercept(interceptors);

    /// <summary>The function is given a copy of each call's headers and returns the headers to send.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor) =>
        InvokerOf(channel).Intercept(interceptor);

    private static CallInvoker InvokerOf(ChannelBase channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker();
    }
}
