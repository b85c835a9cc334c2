using Grpc.Core.Internal;

namespace Grpc.Core;

/// <summary>How a channel is secured.</summary>
public abstract class ChannelCredentials
{
    /// <summary>Not secured: plain HTTP/2.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureChannelCredentials();

    /// <summary>TLS with the system's trusted roots.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    /// <summary>Whether call credentials may be added.</summary>
    internal virtual bool IsComposable => false;

    /// <summary>A secure channel whose every call carries credentials.</summary>
    /// <exception cref="ArgumentException">The channel's credentials are insecure or composed already.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new CompositeChannelCredentials(channelCredentials, callCredentials);

    /// <summary>For implementers of gRPC: describes the credentials to the configurator.</summary>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state);
}
