namespace Grpc.Core.Internal;

internal sealed class CompositeChannelCredentials : ChannelCredentials
{
    private readonly ChannelCredentials _channelCredentials;
    private readonly CallCredentials _callCredentials;

    public CompositeChannelCredentials(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        if (!channelCredentials.IsComposable)
        {
            throw new ArgumentException(
                "Call credentials can be added to secure channel credentials only, and only once.",
                nameof(channelCredentials));
        }

        _channelCredentials = channelCredentials;
        _callCredentials = callCredentials;
    }

    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state) =>
        configurator.SetCompositeCredentials(state, _channelCredentials, _callCredentials);
}
