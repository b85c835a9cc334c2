using InferenceBridge.Client.Internal;

namespace InferenceBridge.Client.Tests;

public sealed class AddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:50051", "127.0.0.1", 50051)]
    [InlineData("http://127.0.0.1:50051/", "127.0.0.1", 50051)]
    [InlineData("HTTP://Server.example:80", "server.example", 80)]
    [InlineData("http://server.example", "server.example", 80)]
    [InlineData("localhost:1", "localhost", 1)]
    [InlineData("  localhost:65535 ", "localhost", 65535)]
    [InlineData("[::1]:50051", "[::1]", 50051)]
    [InlineData("http://[fe80::1]:7", "[fe80::1]", 7)]
    public void Parse_Tcp_GivesHostAndPort(string text, string host, int port)
    {
        var address = ServerAddress.Parse(text);
        Assert.Equal((text, host, port, null), (address.Text, address.Uri.Host, address.Uri.Port, address.SocketPath));
    }

    [Theory]
    [InlineData("unix:/run/ib.sock", "/run/ib.sock")]
    [InlineData("UNIX:/run/ib.sock", "/run/ib.sock")]
    [InlineData("unix:///run/ib.sock", "/run/ib.sock")]
    [InlineData("unix:relative.sock", "relative.sock")]
    [InlineData("unix:/tmp/with blank é", "/tmp/with blank é")]
    public void Parse_Unix_GivesThePath(string text, string path) => Assert.Equal(path, ServerAddress.Parse(text).SocketPath);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("localhost")]
    [InlineData(":50051")]
    [InlineData("localhost:")]
    [InlineData("localhost:0")]
    [InlineData("localhost:65536")]
    [InlineData("localhost:-1")]
    [InlineData("localhost:http")]
    [InlineData("https://localhost:50051")]
    [InlineData("tcp://localhost:50051")]
    [InlineData("http://user:word@localhost:50051")]
    [InlineData("http://localhost:50051/path")]
    [InlineData("http://localhost:50051/?query")]
    [InlineData("http://localhost:50051/#part")]
    [InlineData("http://")]
    [InlineData("unix:")]
    [InlineData("/run/ib.sock")]
    public void Connect_AddressOfAnotherForm_IsRefusedWithWhatIsAccepted(string text)
    {
        var error = Assert.Throws<InferenceException>(() => InferenceBridgeClient.Connect(text));
        Assert.Equal((InferenceError.UsageInvalid, "address"), (error.Error, error.Field));
        Assert.Equal($"The address is \"{text}\"; accepted: http://host:port, host:port or unix:/path/to.sock.", error.Message);
    }

    [Fact]
    public void Connect_SocketPathTooLong_IsRefused()
    {
        // sockaddr_un holds 108 bytes with the closing zero.
        var error = Assert.Throws<InferenceException>(() => InferenceBridgeClient.Connect($"unix:/{new string('s', 108)}"));
        Assert.Equal(InferenceError.UsageInvalid, error.Error);
    }
}
