using Grpc.Core;

namespace InferenceBridge.Grpc.Substitutes.Tests.Core;

public class CredentialsTests
{
    private static readonly CallCredentials s_call = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
    private static readonly object s_state = new();

    [Fact]
    public void Create_OnInsecureChannel_Throws() =>
        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, s_call));

    [Fact]
    public void Create_OnComposedChannel_Throws()
    {
        var composed = ChannelCredentials.Create(ChannelCredentials.SecureSsl, s_call);

        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(composed, s_call));
    }

    [Fact]
    public void Populate_EachChannelCredentials_TellsTheConfigurator()
    {
        var pair = new KeyCertificatePair("chain", "key");
        var ssl = new SslCredentials("roots", pair, context => context.TargetName == "");

        Assert.Equal("insecure", Describe(ChannelCredentials.Insecure));
        Assert.Equal("ssl(,,False)", Describe(ChannelCredentials.SecureSsl));
        Assert.Equal("ssl(roots,chain,True)", Describe(ssl));
        Assert.Equal("composite(ssl(roots,chain,True))", Describe(ChannelCredentials.Create(ssl, s_call)));
    }

    [Fact]
    public void Compose_FewerThanTwoOrNull_Throws()
    {
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose(s_call));
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose(s_call, null!));
    }

    [Fact]
    public void Compose_Two_KeepsTheirOrder()
    {
        var other = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        var configurator = new CallConfigurator();

        CallCredentials.Compose(other, s_call).InternalPopulateConfiguration(configurator, null);

        Assert.Equal([other, s_call], configurator.Credentials);
    }

    [Fact]
    public void AuthContext_WithAnIdentity_IsAuthenticated()
    {
        var properties = new Dictionary<string, List<AuthProperty>>
        {
            ["name"] = [AuthProperty.Create("name", [.. "é"u8])],
            ["other"] = [],
        };

        var known = new AuthContext("name", properties);
        var unknown = new AuthContext(null, properties);

        Assert.True(known.IsPeerAuthenticated);
        Assert.Equal("é", Assert.Single(known.PeerIdentity).Value);
        Assert.Empty(known.FindPropertiesByName("absent"));
        Assert.Single(known.Properties);
        Assert.False(unknown.IsPeerAuthenticated);
        Assert.Empty(unknown.PeerIdentity);
    }

    private static string Describe(ChannelCredentials credentials)
    {
        var configurator = new ChannelConfigurator();
        credentials.InternalPopulateConfiguration(configurator, s_state);
        return configurator.Description;
    }

    private sealed class ChannelConfigurator : ChannelCredentialsConfiguratorBase
    {
        public string Description { get; private set; } = "";

        public override void SetInsecureCredentials(object state) => Description = "insecure";

        public override void SetSslCredentials(
            object state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback) =>
            Description = $"ssl({rootCertificates},{keyCertificatePair?.CertificateChain},{verifyPeerCallback is not null})";

        public override void SetCompositeCredentials(
            object state, ChannelCredentials channelCredentials, CallCredentials callCredentials)
        {
            Assert.Same(s_state, state);
            Assert.Same(s_call, callCredentials);
            Description = $"composite({Describe(channelCredentials)})";
        }
    }

    private sealed class CallConfigurator : CallCredentialsConfiguratorBase
    {
        public IReadOnlyList<CallCredentials> Credentials { get; private set; } = [];

        public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials) =>
            Credentials = credentials;

        public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) =>
            throw new InvalidOperationException("Only composite credentials are expected.");
    }
}
