namespace InferenceBridge.Grpc.Substitutes.Tests.EndToEnd;

/// <summary>A test with a server of its own.</summary>
public abstract class ServerTest : IAsyncLifetime
{
    internal TestServer Server { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
