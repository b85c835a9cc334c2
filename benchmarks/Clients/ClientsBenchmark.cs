using System.Diagnostics;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Clients;

/// <summary>diagnostic/identity of a stack in memory through the ImageJ plugin, the Python client and the C# SDK, in turn.</summary>
internal sealed class ClientsBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const double MiB = 1 << 20;

    // Room for the image, the result and 128 MiB beside them. The serial collector, since the default one rounds a plane of
    // 2 MiB up to 3.
    private static readonly string[] PluginHeap = ["-Xmx640m", "-Xmn64m", "-XX:+UseSerialGC"];

    private static readonly VolumeInfo Info = new(new VolumeShape(128, 1024, 1024), PixelType.UInt16);

    public string Name => "clients";

    public string Summary => "a 16-bit 1024×1024×128 stack through ImageJ plugin, Python client and C# SDK, to one server";

    public IReadOnlyList<string> Packages => ["imagej", "default-jdk-headless", "protobuf-compiler", "python3-grpcio", "python3-numpy"];

    public async Task<BenchmarkResult> RunAsync(Action<string> log, CancellationToken cancellation)
    {
        using var server = await ServerProcess.StartAsync(cancellation);
        var target = server.Addresses[0].Replace("http://", "", StringComparison.Ordinal);
        var classes = Directory.CreateTempSubdirectory("ib-plugin-client-");
        try
        {
            log("building the plugin and generating Python's classes where they are missing");
            var plugin = BuildPlugin(classes.FullName);
            var package = Path.Combine(ServerProcess.RepositoryRoot, "clients", "python");
            Tool.Run("/usr/bin/python3", Path.Combine(package, "generate.py"));
            using var python = PeerProcess.Start("python_client.py", target, Path.Combine(package, "src"));
            using var java = PeerProcess.StartProgram(
                "java", ["-Djava.awt.headless=true", .. PluginHeap, "-cp", $"{classes.FullName}:{plugin}:/usr/share/java/ij.jar", "PluginClient", target]);
            await using var sdk = InferenceBridgeClient.Connect(server.Addresses[0]);
            return await CompareAsync(sdk, python, java, log, cancellation);
        }
        finally
        {
            classes.Delete(recursive: true);
        }
    }

    private static async Task<BenchmarkResult> CompareAsync(
        InferenceBridgeClient sdk, PeerProcess python, PeerProcess java, Action<string> log, CancellationToken cancellation)
    {
        var (csharp, plugin, py) = (Speeds("sdk"), Speeds("plugin"), Speeds("python"));
        var image = TestVolume();
        log("warming up, and comparing every byte that comes back");
        for (var i = 0; i < 2; i++)
        {
            await SecondsAsync(sdk, image, cancellation);
            python.Run();
            java.Run();
        }

        for (var round = 1; round <= Rounds; round++)
        {
            csharp.Add(Info.TotalBytes / MiB / await SecondsAsync(sdk, image, cancellation));
            py.Add(Info.TotalBytes / MiB / python.Run());
            plugin.Add(Info.TotalBytes / MiB / java.Run());
            log($"round {round} of {Rounds}: C# {csharp.Last:0}, Python {py.Last:0}, plugin {plugin.Last:0} MiB/s each way");
        }

        return new BenchmarkResult(
            [
                .. csharp.Figures(), .. py.Figures(), .. plugin.Figures(),
                new("python_ratio_to_sdk", py.RatioTo(csharp)), new("plugin_ratio_to_sdk", plugin.RatioTo(csharp)), new("rounds", Rounds),
            ],
            [new("python_mib_per_s_each_way", 250), new("plugin_mib_per_s_each_way", 200)])
        {
            Versions = Versions.With(python.Versions.Concat(java.Versions).ToDictionary(pair => pair.Key, pair => pair.Value)),
            Notes =
            [
                "Client and server share the cores; image and result are whole in memory on the client's side; over TCP loopback.",
                $"The plugin's Java runs with {string.Join(' ', PluginHeap)}: the two images of 256 MiB and 128 MiB beside them.",
            ],
        };
    }

    private static Samples Speeds(string client) => new($"{client}_mib_per_s_each_way", "MiB/s");

    private static MemoryVolume TestVolume()
    {
        var volume = new MemoryVolume(Info);
        var random = new Random(1);
        var plane = new byte[Info.PlaneBytes];
        for (long i = 0; i < Info.Shape.PlaneCount; i++)
        {
            random.NextBytes(plane);
            volume.WriteRows(i, 0, Info.Shape.Height, plane);
        }

        return volume;
    }

    private static async Task<double> SecondsAsync(InferenceBridgeClient sdk, MemoryVolume image, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await sdk.RunAsync(image, new RunRequest("diagnostic/identity"), null, cancellation);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return result.Volume.Plane(100).Span.SequenceEqual(image.Plane(100).Span)
            ? seconds
            : throw new InvalidDataException("Plane 100 came back changed.");
    }

    private static string BuildPlugin(string classes)
    {
        var folder = Path.Combine(ServerProcess.RepositoryRoot, "fiji-plugin-shim");
        Tool.Run("bash", Path.Combine(folder, "build.sh"));
        var jar = Directory.GetFiles(Path.Combine(folder, "target"), "InferenceBridge_-*.jar").Single();
        Tool.Run("javac", "-cp", "/usr/share/java/ij.jar", "-d", classes, Path.Combine(AppContext.BaseDirectory, "peers", "PluginClient.java"));
        return jar;
    }
}
