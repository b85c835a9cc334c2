using Grpc.Core.Internal;

namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors before a <see cref="CallInvoker"/>.</summary>
public static class CallInvokerExtensions
{
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor) =>
        new InterceptingCallInvoker(invoker, interceptor);

    /// <summary>The first interceptor sees a call first.</summary>
    /// <exception cref="ArgumentNullException">An argument or an interceptor is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptors);
        return Enumerable.Reverse(interceptors).Aggregate(invoker, Intercept);
    }

    /// <summary>The function is given a copy of each call's headers and returns the headers to send.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor) =>
        new InterceptingCallInvoker(invoker, new MetadataInterceptor(interceptor));
}
