using Grpc.Core;
using Grpc.Health.V1;
using InferenceBridge.Server.Tests.Support;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace InferenceBridge.Server.Tests.Services;

public sealed class HealthServiceTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private Health.HealthClient Client => new(fixture.Server.Channel);

    [Theory]
    [InlineData("")]
    [InlineData("inferencebridge.v1.VolumeService")]
    [InlineData("inferencebridge.v1.CatalogService")]
    public async Task Check_KnownService_Serves(string service)
    {
        var response = await Client.CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ServingStatus.Serving, response.Status);
    }

    [Fact]
    public async Task Check_UnknownService_IsNotFound()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await Client.CheckAsync(
            new HealthCheckRequest { Service = "nobody" }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
    }

    [Theory]
    [InlineData("", ServingStatus.Serving)]
    [InlineData("nobody", ServingStatus.ServiceUnknown)]
    public async Task Watch_AnyService_TellsItsStatus(string service, ServingStatus expected)
    {
        using var call = Client.Watch(new HealthCheckRequest { Service = service }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(expected, call.ResponseStream.Current.Status);
    }
}
