using System.Globalization;
using System.Text.Json;
using InferenceBridge.Soak.Support;

namespace InferenceBridge.Soak;

/// <summary>Memory of server and client does not depend on the size of the volume. The benchmark `memory` does the same with 8 GiB.</summary>
public sealed class MemoryTests
{
    private const long Limit = 400L << 20;
    private const int Edge = 2048;

    // 256 MiB, by which buffers and heaps have their size, and 1 GiB: what would keep a tenth of the difference fails.
    private const int FewPlanes = 32;
    private const int ManyPlanes = 128;
    private const long SlackBytes = 76L << 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("diagnostic/identity")]
    [InlineData("denoise/gaussian")]
    public async Task Run_VolumeFourTimesAsLarge_TakesTheSameMemory(string operation)
    {
        var small = await MeasureAsync(operation, FewPlanes);
        var large = await MeasureAsync(operation, ManyPlanes);
        AssertBounded("server", small.Server, large.Server);
        AssertBounded("client", small.Client, large.Client);
    }

    private static void AssertBounded(string side, long small, long large)
    {
        Assert.True(large <= Limit, $"The {side} took {large >> 20} MiB; accepted: {Limit >> 20}.");
        Assert.True(large <= small + SlackBytes, $"The {side} took {small >> 20} MiB, and {large >> 20} MiB for a volume four times as large.");
    }

    private static async Task<(long Server, long Client)> MeasureAsync(string operation, int planes)
    {
        using var server = await ServerProcess.StartAsync(Cancellation);
        using var client = ToolProcess.Start(ToolProcess.Benchmarks,
            ["--stream", server.Address, operation, planes.ToString(CultureInfo.InvariantCulture), Edge.ToString(CultureInfo.InvariantCulture)]);
        var output = await client.Output.ReadToEndAsync(Cancellation);
        await client.WaitForExitAsync(Cancellation);
        Assert.True(client.ExitCode == 0, client.Errors);
        using var outcome = JsonDocument.Parse(output);
        Assert.Equal((long)planes * Edge * Edge * sizeof(ushort), outcome.RootElement.GetProperty("Bytes").GetInt64());
        return (server.Measure().PeakBytes, outcome.RootElement.GetProperty("PeakBytes").GetInt64());
    }
}
