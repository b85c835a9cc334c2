using Grpc.Core.Internal;

namespace Grpc.Core;

/// <summary>Who makes a call. Sent on secure channels only, unless the channel allows otherwise.</summary>
public abstract class CallCredentials
{
    /// <summary>Several credentials, applied in order.</summary>
    /// <exception cref="ArgumentException">There are fewer than two, or one is null.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials) =>
        new CompositeCallCredentials(credentials);

    /// <summary>Credentials that a function adds to the headers.</summary>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) =>
        new InterceptorCallCredentials(interceptor);

    /// <summary>For implementers of gRPC: describes the credentials to the configurator.</summary>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);
}
