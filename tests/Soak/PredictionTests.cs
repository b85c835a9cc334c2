using System.Globalization;
using Grpc.Net.Client;
using InferenceBridge.Soak.Support;

namespace InferenceBridge.Soak;

/// <summary>What a server predicts that a job takes, against what its process takes beyond what it had before.</summary>
public sealed class PredictionTests
{
    // A prediction is an upper bound, and at most this many times the truth.
    private const double Looseness = 4;
    private const int Edge = 2048;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("diagnostic/identity", 64)]
    [InlineData("denoise/gaussian", 32)]
    [InlineData("denoise/median", 8)]
    public async Task Run_LargeVolume_TakesNoMoreThanPredicted(string operation, int planes)
    {
        using var server = await ServerProcess.StartAsync(Cancellation);
        var predicted = await PredictAsync(server.Address, operation, planes);

        // The code is loaded and compiled, and the pools are there.
        await StreamAsync(server.Address, operation, 1, 256);
        var reset = Record.Exception(() => File.WriteAllText($"/proc/{server.Id}/clear_refs", "5"));
        Assert.SkipWhen(reset is not null, "The peak of a process' memory cannot be reset here.");
        var before = server.Measure().MemoryBytes;
        await StreamAsync(server.Address, operation, planes, Edge);
        var taken = server.Measure().PeakBytes - before;
        var report = $"{operation}: predicted {predicted >> 20} MiB, took {taken >> 20} MiB";
        TestContext.Current.TestOutputHelper!.WriteLine(report);
        Assert.True(taken <= predicted, report);
        Assert.True(predicted <= Looseness * taken, report);
    }

    [Fact]
    public async Task Run_MoreJobsThanFit_StaysWithinTheLimitsOfTheServer()
    {
        const long mebibyte = 1 << 20;
        using var server = await ServerProcess.StartAsync(Cancellation,
            ("MaxConcurrentJobs", 8), ("ServerMemoryBytes", 448 * mebibyte), ("MemoryBudgetBytes", 160 * mebibyte), ("DeviceMemoryBytes", 160 * mebibyte));
        await StreamAsync(server.Address, "denoise/gaussian", 1, 256);
        var before = server.Measure().MemoryBytes;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StreamAsync(server.Address, "denoise/gaussian", 8, Edge)));
        var taken = server.Measure().PeakBytes - before;
        TestContext.Current.TestOutputHelper!.WriteLine($"6 jobs took {taken / mebibyte} MiB");
        Assert.InRange(taken, 1, (448 + 160) * mebibyte);
    }

    private static async Task<long> PredictAsync(string address, string operation, int planes)
    {
        using var channel = GrpcChannel.ForAddress(address);
        using var call = new Proto.VolumeService.VolumeServiceClient(channel).Process(cancellationToken: Cancellation);
        var volume = new Proto.VolumeDescription { SizeT = 1, SizeC = 1, SizeZ = planes, SizeY = Edge, SizeX = Edge, PixelType = Proto.PixelType.Uint16 };
        var declaration = new Proto.Declaration { Operation = operation, Inputs = { new Proto.InputDeclaration { Name = "image", Volume = volume } } };
        await call.RequestStream.WriteAsync(new Proto.ProcessRequest { Declaration = declaration }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        return call.ResponseStream.Current.Accepted.PredictedMemoryBytes;
    }

    private static async Task StreamAsync(string address, string operation, int planes, int edge)
    {
        using var client = ToolProcess.Start(ToolProcess.Benchmarks,
            ["--stream", address, operation, planes.ToString(CultureInfo.InvariantCulture), edge.ToString(CultureInfo.InvariantCulture)]);
        await client.Output.ReadToEndAsync(Cancellation);
        await client.WaitForExitAsync(Cancellation);
        Assert.True(client.ExitCode == 0, client.Errors);
    }
}
