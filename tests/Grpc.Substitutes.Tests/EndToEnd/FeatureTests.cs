using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using InferenceBridge.Grpc.Substitutes.Tests.Protos;

namespace InferenceBridge.Grpc.Substitutes.Tests.EndToEnd;

/// <summary>Compression, interceptors and credentials.</summary>
public sealed class FeatureTests : ServerTest
{
    private static readonly CallCredentials s_token = CallCredentials.FromInterceptor((context, metadata) =>
    {
        metadata.Add("authorization", $"Bearer {context.MethodName}");
        return Task.CompletedTask;
    });

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Compression_OfTheRequest_IsUndoneByTheServer(string algorithm)
    {
        using var handler = new CountingHandler();
        using var channel = Server.Connect(new GrpcChannelOptions { HttpHandler = handler });
        var blob = new Blob { Data = ByteString.CopyFrom(new byte[100_000]) };
        var headers = new Metadata { { "grpc-internal-encoding-request", algorithm } };

        var response = await new Numbers.NumbersClient(channel).EchoAsync(blob, headers, cancellationToken: Cancel);

        Assert.Equal(blob, response);
        Assert.Equal(algorithm, handler.RequestEncoding);
        Assert.InRange(handler.RequestBytes, 1, 10_000);
        Assert.Equal("gzip", handler.ResponseEncoding);
        Assert.InRange(handler.ResponseBytes, 1, 10_000);
    }

    [Fact]
    public async Task Compression_SwitchedOffForAMessage_SendsItAsItIs()
    {
        using var handler = new CountingHandler();
        using var channel = Server.Connect(new GrpcChannelOptions { HttpHandler = handler });
        var blob = new Blob { Data = ByteString.CopyFrom(new byte[100_000]) };
        var options = new CallOptions(
            new Metadata { { "grpc-internal-encoding-request", "gzip" } },
            writeOptions: new WriteOptions(WriteFlags.NoCompress),
            cancellationToken: Cancel);

        Assert.Equal(blob, await new Numbers.NumbersClient(channel).EchoAsync(blob, options));
        Assert.InRange(handler.RequestBytes, 100_000, 101_000);
    }

    [Fact]
    public async Task Interceptors_OnBothSides_SeeTheCall()
    {
        using var channel = Server.Connect();
        var invoker = channel.Intercept(headers =>
        {
            headers.Add("added", "yes");
            return headers;
        });

        await new Numbers.NumbersClient(invoker).DoubleAsync(new Number(), cancellationToken: Cancel);

        Assert.Equal("yes", Server.Log.Headers.GetValue("added"));
        Assert.Equal(["/inferencebridge.tests.Numbers/Double"], Server.Log.Intercepted);
    }

    [Fact]
    public async Task CallCredentials_OnAnInsecureChannel_AreLeftOut()
    {
        using var channel = Server.Connect();
        var options = new CallOptions(credentials: s_token, cancellationToken: Cancel);

        await new Numbers.NumbersClient(channel).DoubleAsync(new Number(), options);

        Assert.Null(Server.Log.Headers.GetValue("authorization"));
    }

    [Fact]
    public async Task CallCredentials_AllowedOnAnInsecureChannel_AreSent()
    {
        using var channel = Server.Connect(new GrpcChannelOptions { UnsafeUseInsecureChannelCallCredentials = true });
        var options = new CallOptions(credentials: s_token, cancellationToken: Cancel);

        await new Numbers.NumbersClient(channel).DoubleAsync(new Number(), options);

        Assert.Equal("Bearer Double", Server.Log.Headers.GetValue("authorization"));
    }

    [Fact]
    public void ChannelCredentials_SecureForAPlainAddress_AreRefused() =>
        Assert.Throws<InvalidOperationException>(
            () => Server.Connect(new GrpcChannelOptions { Credentials = ChannelCredentials.SecureSsl }));
}
