using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Diagnostics.Metrics;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Diagnostics;

/// <summary>What Prometheus gets from a live server, against what was done with it.</summary>
public sealed class MetricsEndpointTests
{
    private static readonly MemoryVolume Image = Requests.Ramp(new VolumeShape(3, 1, 2, 4, 5));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scrape_AfterJobsOfEveryOutcome_CountsWhatWasDone()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate);
        using var http = new HttpClient();

        // 6 planes of 4 x 5 pixels of 2 bytes; one tile a frame.
        var filtered = await server.ProcessAsync(Requests.Run("denoise/gaussian", Image));
        await Assert.ThrowsAsync<RpcException>(() => server.ProcessAsync(Requests.Run("no/such", Image)));
        using (var source = new CancellationTokenSource())
        {
            using var call = server.Volumes.Process(cancellationToken: source.Token);
            foreach (var message in Requests.Run("test/gated", Image))
            {
                await call.RequestStream.WriteAsync(message, Cancellation);
            }

            await gate.EnteredAsync();
            var running = await ScrapeAsync(http, server);
            Assert.Equal(1, running.Value("inferencebridge_jobs_active", ("state", "computing")));
            Assert.Equal(1, running.Value("inferencebridge_jobs_active"));
            Assert.True(running.Value("inferencebridge_jobs_memory_predicted_bytes") > 0);
            await source.CancelAsync();
        }

        // Nobody tells a client that left when the server has noticed, and when it has cleared up.
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        bound.CancelAfter(TimeSpan.FromMinutes(1));
        var last = await ScrapeAsync(http, server);
        while (last.Value("inferencebridge_errors_total", ("error", "Cancelled")) == 0
            || last.Value("inferencebridge_jobs_active") != 0 || last.Value("inferencebridge_jobs_memory_predicted_bytes") != 0)
        {
            bound.Token.ThrowIfCancellationRequested();
            last = await ScrapeAsync(http, server);
        }

        Assert.Equal(1, last.Value("inferencebridge_jobs_total", ("operation", "denoise/gaussian"), ("device", "cpu"), ("outcome", "completed")));
        Assert.Equal(1, last.Value("inferencebridge_jobs_total", ("operation", "none"), ("device", "none"), ("outcome", "refused")));
        Assert.Equal(1, last.Value("inferencebridge_jobs_total", ("operation", "test/gated"), ("outcome", "cancelled")));
        Assert.Equal(3, last.Value("inferencebridge_jobs_total"));
        Assert.Equal(1, last.Value("inferencebridge_errors_total",
            ("error", "OperationNotFound"), ("method", "inferencebridge.v1.VolumeService/Process")));
        Assert.Equal(2, last.Value("inferencebridge_errors_total"));
        Assert.Equal(240, last.Value("inferencebridge_received_bytes_total", ("operation", "denoise/gaussian")));
        Assert.Equal(filtered.Result().Info.TotalBytes, last.Value("inferencebridge_sent_bytes_total", ("operation", "denoise/gaussian")));
        Assert.Equal(3, last.Value("inferencebridge_tiles_total", ("operation", "denoise/gaussian"), ("device", "cpu")));
        Assert.Equal(3, last.Value("inferencebridge_tile_duration_seconds_count", ("operation", "denoise/gaussian")));
        Assert.Equal(3, last.Value("inferencebridge_job_duration_seconds_count"));
        foreach (var stage in new[] { "queue", "upload", "spool", "compute", "download" })
        {
            Assert.Equal(1, last.Value("inferencebridge_job_stage_duration_seconds_count", ("stage", stage), ("operation", "denoise/gaussian")));
        }

        Assert.Equal(filtered.Summary.ComputeSeconds,
            last.Value("inferencebridge_job_stage_duration_seconds_sum", ("stage", "compute")), 9);
        Assert.Equal(0, last.Value("inferencebridge_jobs_active"));
        Assert.Equal(0, last.Value("inferencebridge_jobs_memory_predicted_bytes"));
        Assert.InRange(last.Value("inferencebridge_device_memory_used_bytes", ("device", "cpu")), 1 << 20, last.Value("inferencebridge_device_memory_bytes"));
        Assert.Equal(1, last.Value("inferencebridge_info", ("version", ServerVersion.Text)));
        Assert.True(last.Value("inferencebridge_uptime_seconds") > 0);
    }

    [Fact]
    public async Task Scrape_BesideAnotherServerInTheProcess_TellsOnlyItsOwn()
    {
        using var gate = new GatedOperation();
        await using var busy = await StartAsync(gate);
        await using var idle = await StartAsync(gate);
        await busy.ServesAsync();
        using var http = new HttpClient();
        Assert.Equal(1, (await ScrapeAsync(http, busy)).Value("inferencebridge_jobs_total"));
        Assert.Equal(0, (await ScrapeAsync(http, idle)).Value("inferencebridge_jobs_total"));
    }

    [Fact]
    public async Task Scrape_ReadByPrometheusOwnClient_GivesTheSameValues()
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate);
        await server.ServesAsync();
        using var http = new HttpClient();
        var text = await http.GetStringAsync(server.Host.MetricsAddress, Cancellation);

        const string script = "import sys\nfrom prometheus_client.parser import text_string_to_metric_families as parse\n"
            + "print(*(f'{s.name} {float(s.value)!r}' for f in parse(sys.stdin.read()) for s in f.samples), sep='\\n')";
        var (code, output) = await PythonAsync(script, text);
        Assert.SkipWhen(code != 0, "Debian's package python3-prometheus-client is not installed.");
        Assert.Equal(
            PrometheusParser.Parse(text).Samples.Select(sample => (sample.Name, sample.Value)).Order(),
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
                .Select(words => (words[0], double.Parse(words[1], CultureInfo.InvariantCulture))).Order());
    }

    [Theory]
    [InlineData("GET", "/metrics", HttpStatusCode.OK)]
    [InlineData("HEAD", "/metrics", HttpStatusCode.OK)]
    [InlineData("POST", "/metrics", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/", HttpStatusCode.NotFound)]
    [InlineData("POST", "/inferencebridge.v1.VolumeService/Process", HttpStatusCode.NotFound)]
    public async Task Request_ToTheMetricsListener_GetsMetricsAlone(string method, string path, HttpStatusCode expected)
    {
        using var gate = new GatedOperation();
        await using var server = await StartAsync(gate);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(new Uri(server.Host.MetricsAddress!), path));
        using var response = await http.SendAsync(request, Cancellation);
        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.OK)
        {
            Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        }
    }

    [Fact]
    public async Task Start_WithoutMetricsUrl_ServesNoMetrics()
    {
        await using var server = await TestServer.StartAsync(new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu" });
        Assert.Null(server.Host.MetricsAddress);
        using var http = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var response = await http.GetAsync(new Uri($"{server.Host.Addresses[0]}{MetricsListener.Path}"), Cancellation);
        Assert.NotEqual(PrometheusText.ContentType, response.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("9464")]
    [InlineData("https://127.0.0.1:9464")]
    [InlineData("unix:/tmp/metrics.sock")]
    [InlineData("http://127.0.0.1:50051")]
    public void Validate_UnusableMetricsUrl_NamesTheKey(string url)
    {
        var options = new InferenceServerOptions { MetricsUrl = url };
        var refusal = Assert.Throws<InferenceException>(options.Validate);
        Assert.Equal((InferenceError.UsageInvalid, "InferenceBridge:MetricsUrl"), (refusal.Error, refusal.Field));
        Assert.Contains($"\"{url}\"", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MetricsPortInUse_NamesTheKey()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var options = new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu", MetricsUrl = $"http://{taken.LocalEndpoint}" };
        var refusal = await Assert.ThrowsAsync<InferenceException>(() => TestServer.StartAsync(options));
        Assert.Equal((InferenceError.AddressUnavailable, "InferenceBridge:MetricsUrl"), (refusal.Error, refusal.Field));
    }

    private static Task<TestServer> StartAsync(GatedOperation gate) => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", MetricsUrl = "http://127.0.0.1:0", Device = "cpu" },
        [.. BuiltInOperations.All, gate.Operation]);

    private static async Task<PrometheusParser> ScrapeAsync(HttpClient http, TestServer server) =>
        PrometheusParser.Parse(await http.GetStringAsync(server.Host.MetricsAddress, Cancellation));

    private static async Task<(int Code, string Output)> PythonAsync(string script, string input)
    {
        if (!File.Exists("/usr/bin/python3"))
        {
            return (-1, "");
        }

        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            await python.StandardInput.WriteAsync(input);
            python.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading: the library is not there.
        }

        var error = python.StandardError.ReadToEndAsync(Cancellation);
        var output = await python.StandardOutput.ReadToEndAsync(Cancellation);
        await python.WaitForExitAsync(Cancellation);
        Assert.True(python.ExitCode == 0 || (await error).Contains("ModuleNotFoundError", StringComparison.Ordinal), await error);
        return (python.ExitCode, output);
    }
}
