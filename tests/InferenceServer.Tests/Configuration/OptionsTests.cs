using InferenceBridge.Server.Configuration;
using Microsoft.Extensions.Configuration;

namespace InferenceBridge.Server.Tests.Configuration;

public class OptionsTests
{
    [Fact]
    public void Bind_Nothing_IsTheDefaults()
    {
        var options = Bind();
        Assert.Equal("http://127.0.0.1:50051", options.Urls);
        Assert.Equal("auto", options.Device);
        Assert.Equal(8388608, options.MaxChunkBytes);
        Assert.Equal(1048576, options.ResultChunkBytes);
        Assert.Equal(30, options.ShutdownGraceSeconds);
    }

    [Fact]
    public void Bind_Values_AreTakenInAnyCase()
    {
        var options = Bind(("device", "cpu"), ("MAXCHUNKBYTES", "65536"), ("Urls", "http://127.0.0.1:0;unix:/tmp/a.sock"));
        Assert.Equal(("cpu", 65536), (options.Device, options.MaxChunkBytes));
    }

    [Fact]
    public void Bind_ManyFaults_AreReportedTogether()
    {
        var refusal = Assert.Throws<InferenceException>(() =>
            Bind(("Colour", "red"), ("MaxChunkBytes", "many"), ("Device", "tpu"), ("Urls", "ftp://x"), ("ShutdownGraceSeconds", "-1"), ("ScratchDirectory", "/no/such/folder")));
        Assert.Equal(InferenceError.UsageInvalid, refusal.Error);
        foreach (var key in new[] { "Colour", "MaxChunkBytes", "Device", "Urls", "ShutdownGraceSeconds", "ScratchDirectory" })
        {
            Assert.Contains($"InferenceBridge:{key} ", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Contains("accepted: 0 to 86400", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MaxQueuedJobs", "-1", "0 to 100000")]
    [InlineData("MaxJobsPerClient", "-1", "0 to 101024")]
    [InlineData("MaxJobSeconds", "0", "1 to 2592000")]
    [InlineData("MaxScratchBytes", "-1", "0 to 4611686018427387904")]
    [InlineData("DeviceMemoryBytes", "-1", "0 to 1125899906842624")]
    [InlineData("ServerMemoryBytes", "1", "1048576 to 1125899906842624")]
    [InlineData("ScratchDirectory", "/proc", "writable")]
    public void Bind_ImpossibleLimit_NamesTheKeyAndWhatIsAccepted(string key, string value, string accepted)
    {
        var refusal = Assert.Throws<InferenceException>(() => Bind((key, value)));
        Assert.Equal($"InferenceBridge:{key}", refusal.Field);
        Assert.Contains(accepted, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_LimitsThatContradictEachOther_AreReportedTogether()
    {
        var refusal = Assert.Throws<InferenceException>(() => Bind(
            ("MemoryBudgetBytes", "2097152"), ("DeviceMemoryBytes", "2097151"), ("MaxConcurrentJobs", "2"), ("MaxQueuedJobs", "3"),
            ("MaxJobsPerClient", "6"), ("QueueBytes", "67108864"), ("ServerMemoryBytes", "268435456")));
        Assert.Equal("InferenceBridge:DeviceMemoryBytes, InferenceBridge:MaxJobsPerClient, InferenceBridge:ServerMemoryBytes", refusal.Field);

        // Twice two queues of 64 MiB, 4 chunks of 8 MiB and one of 1 MiB, 12 MiB in the transport and 96 MiB of the runtime's.
        Assert.Contains("at least 564133888", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_LimitsAtTheirBounds_AreTaken()
    {
        var options = Bind(("MemoryBudgetBytes", "2097152"), ("DeviceMemoryBytes", "2097152"), ("MaxConcurrentJobs", "2"), ("MaxQueuedJobs", "3"),
            ("MaxJobsPerClient", "5"), ("QueueBytes", "67108864"), ("ServerMemoryBytes", "564133888"), ("MaxScratchBytes", "0"));
        Assert.Equal((5, 0), (options.MaxJobsPerClient, options.MaxScratchBytes));
    }

    [Fact]
    public void Load_FileMissing_SaysSo() => Assert.Equal(
        InferenceError.FileUnreadable, Assert.Throws<InferenceException>(() => InferenceServerOptions.Load("/no/such/file.json")).Error);

    [Theory]
    [InlineData("{ not json", InferenceError.FileFormatInvalid)]
    [InlineData("""{ "InferenceBridge": { "MaxConcurrentJobs": 0 } }""", InferenceError.UsageInvalid)]
    public void Load_BadFile_IsRefused(string text, InferenceError expected) => WithFile(text, file =>
        Assert.Equal(expected, Assert.Throws<InferenceException>(() => InferenceServerOptions.Load(file)).Error));

    [Fact]
    public void Load_File_IsRead() => WithFile("""{ "InferenceBridge": { "MaxConcurrentJobs": 7, "Device": "cpu" } }""", file =>
        Assert.Equal(7, InferenceServerOptions.Load(file).MaxConcurrentJobs));

    [Theory]
    [InlineData("http://127.0.0.1:50051")]
    [InlineData("http://localhost:0")]
    [InlineData("http://[::1]:50051")]
    [InlineData("http://*:50051")]
    [InlineData("unix:/run/ib.sock")]
    [InlineData("unix:///run/ib.sock")]
    public void TryParse_GoodAddress_IsTaken(string url) => Assert.NotNull(ListenAddress.TryParse(url));

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:50051")]
    [InlineData("https://127.0.0.1:50051")]
    [InlineData("http://somewhere.example:1")]
    [InlineData("http://127.0.0.1:1/path")]
    [InlineData("http://127.0.0.1:70000")]
    [InlineData("unix:relative.sock")]
    public void TryParse_BadAddress_IsRefused(string url) => Assert.Null(ListenAddress.TryParse(url));

    private static void WithFile(string text, Action<string> test)
    {
        var file = Path.Combine(Path.GetTempPath(), $"ib-options-{Guid.NewGuid():n}.json");
        File.WriteAllText(file, text);
        try
        {
            test(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static InferenceServerOptions Bind(params (string Key, string Value)[] values) => OptionsLoader.Bind(new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"InferenceBridge:{pair.Key}", (string?)pair.Value)))
        .Build().GetSection("InferenceBridge"));
}
