namespace Grpc.Core.Internal;

internal sealed class CompositeCallCredentials : CallCredentials
{
    private readonly CallCredentials[] _credentials;

    public CompositeCallCredentials(CallCredentials[] credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        if (credentials.Length < 2)
        {
            throw new ArgumentException(
                $"Credentials are composed of at least two, not {credentials.Length}.", nameof(credentials));
        }

        if (credentials.Contains(null))
            throw new ArgumentException("One of the credentials is null.", nameof(credentials));
        _credentials = [.. credentials];
    }

    public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
        configurator.SetCompositeCredentials(state, _credentials);
}
