using Grpc.Core;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Services;

public sealed class CatalogServiceTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetServerInfo_Always_NamesDeviceAndLimits()
    {
        var info = await fixture.Server.Catalog.GetServerInfoAsync(new Proto.GetServerInfoRequest(), cancellationToken: Cancellation);
        Assert.Equal(8 << 20, info.MaxChunkBytes);
        Assert.Equal(1 << 20, info.MaxVolumeBytes);
        Assert.Equal("cpu", Assert.Single(info.Devices).Id);
        Assert.NotEmpty(info.Devices[0].Name);
        Assert.Matches(@"^\d+\.\d+\.\d+$", info.Version);
        Assert.Matches(@"^\d+\.\d+", info.TorchVersion);
    }

    [Fact]
    public async Task ListOperations_OfATask_ListsItsOperationsById()
    {
        var list = await fixture.Server.Catalog.ListOperationsAsync(new Proto.ListOperationsRequest { Task = "test" }, cancellationToken: Cancellation);
        Assert.Equal(["test/crash", "test/negate", "test/noise"], list.Operations.Select(operation => operation.Id));
    }

    [Fact]
    public async Task DescribeOperation_RichardsonLucy_TellsInputsAndParameters()
    {
        var operation = await fixture.Server.Catalog.DescribeOperationAsync(
            new Proto.DescribeOperationRequest { Id = "deconvolve/richardson-lucy" }, cancellationToken: Cancellation);
        Assert.Equal("deconvolve", operation.Task);
        Assert.Equal(["image", "psf"], operation.Inputs.Select(input => input.Name));
        var iterations = Assert.Single(operation.Parameters, parameter => parameter.Name == "iterations");
        Assert.Equal(Proto.Parameter.KindOneofCase.Integer, iterations.KindCase);
        Assert.InRange(iterations.Integer.DefaultValue, iterations.Integer.Minimum, iterations.Integer.Maximum);
    }

    [Fact]
    public async Task DescribeOperation_Unknown_NamesTheKnownOnes()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () =>
            await fixture.Server.Catalog.DescribeOperationAsync(new Proto.DescribeOperationRequest { Id = "x/y" }, cancellationToken: Cancellation));
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
        Assert.Equal("OperationNotFound", refusal.Trailers.GetValue("ib-error"));
        Assert.Contains("denoise/gaussian", refusal.Status.Detail, StringComparison.Ordinal);
    }
}
