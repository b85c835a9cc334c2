using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Services;

public sealed class ReflectionServiceTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Info_ListServices_NamesAll()
    {
        var response = await AskAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.Equal(
            ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "inferencebridge.v1.CatalogService",
                "inferencebridge.v1.FrameService", "inferencebridge.v1.MonitoringService", "inferencebridge.v1.VolumeService"],
            response.ListServicesResponse.Service.Select(service => service.Name));
    }

    [Theory]
    [InlineData("inferencebridge.v1.VolumeService")]
    [InlineData("inferencebridge.v1.VolumeService.Process")]
    [InlineData("inferencebridge.v1.Chunk")]
    [InlineData("inferencebridge.v1.Chunk.data")]
    [InlineData("inferencebridge.v1.ProcessRequest.kind")]
    [InlineData("inferencebridge.v1.PIXEL_TYPE_UINT16")]
    public async Task Info_FileOfSymbol_ComesWithItsImports(string symbol)
    {
        var response = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });
        var files = response.FileDescriptorResponse.FileDescriptorProto.Select(bytes => FileDescriptorProto.Parser.ParseFrom(bytes)).ToArray();
        Assert.Equal(["inferencebridge/v1/volume.proto", "inferencebridge/v1/catalog.proto"], files.Select(file => file.Name));
        Assert.Equal("VolumeService", Assert.Single(files[0].Service).Name);
    }

    [Fact]
    public async Task Info_FileByName_IsThatFile()
    {
        var response = await AskAsync(new ServerReflectionRequest { FileByFilename = "grpc/health/v1/health.proto" });
        var file = FileDescriptorProto.Parser.ParseFrom(Assert.Single(response.FileDescriptorResponse.FileDescriptorProto));
        Assert.Equal("grpc.health.v1", file.Package);
    }

    [Fact]
    public async Task Info_UnknownSymbol_IsNotFoundAndTheStreamGoesOn()
    {
        var response = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = "no.such.Thing" });
        Assert.Equal((int)StatusCode.NotFound, response.ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task Info_ExtensionNumbersOfPlainMessage_AreNone()
    {
        var response = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "inferencebridge.v1.Chunk" });
        Assert.Equal("inferencebridge.v1.Chunk", response.AllExtensionNumbersResponse.BaseTypeName);
        Assert.Empty(response.AllExtensionNumbersResponse.ExtensionNumber);
    }

    [Fact]
    public async Task Info_UnknownExtension_IsNotFound()
    {
        var response = await AskAsync(new ServerReflectionRequest
        {
            FileContainingExtension = new ExtensionRequest { ContainingType = "inferencebridge.v1.Chunk", ExtensionNumber = 7 },
        });
        Assert.Equal((int)StatusCode.NotFound, response.ErrorResponse.ErrorCode);
    }

    /// <summary>Asks twice on one stream, so that an answer which ends the stream is seen.</summary>
    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var call = new ServerReflection.ServerReflectionClient(fixture.Server.Channel).ServerReflectionInfo(cancellationToken: cancellation);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, cancellation);
        Assert.True(await call.ResponseStream.MoveNext(cancellation));
        await call.RequestStream.WriteAsync(request, cancellation);
        Assert.True(await call.ResponseStream.MoveNext(cancellation));
        var response = call.ResponseStream.Current;
        Assert.Equal(request, response.OriginalRequest);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(cancellation));
        return response;
    }
}
