using InferenceBridge.Client;
using InferenceBridge.Server;

namespace InferenceBridge.Functional;

/// <summary>One real server on two real sockets, TCP and Unix, for the tests of a class.</summary>
public sealed class LiveServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-functional-").FullName;
    private InferenceServerHost? _host;

    /// <summary>Addresses by the kind of socket: "tcp", "unix".</summary>
    public IReadOnlyDictionary<string, string> Addresses { get; private set; } = new Dictionary<string, string>();

    /// <summary>A scratch folder that goes with the server.</summary>
    public string Folder => _folder;

    public async ValueTask InitializeAsync()
    {
        var socket = $"unix:{Path.Combine(_folder, "s")}";
        _host = await InferenceServerHost.StartAsync(new InferenceServerOptions
        {
            Urls = $"http://127.0.0.1:0;{socket}",
            ScratchDirectory = _folder,
        });
        Addresses = new Dictionary<string, string>
        {
            ["tcp"] = _host.Addresses.Single(address => address.StartsWith("http", StringComparison.Ordinal)),
            ["unix"] = socket,
        };
    }

    public InferenceBridgeClient Connect(string socket = "tcp") => InferenceBridgeClient.Connect(Addresses[socket]);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
