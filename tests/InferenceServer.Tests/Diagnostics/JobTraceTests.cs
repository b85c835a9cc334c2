using System.Diagnostics;
using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Tests.Support;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Tests.Diagnostics;

public sealed class JobTraceTests
{
    private static readonly MemoryVolume Image = Requests.Ramp(new VolumeShape(3, 1, 2, 4, 5));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_UnderACallersTrace_AddsTheJobAndItsStages()
    {
        using var log = new ActivityLog();
        await using var server = await StartAsync();
        await RunAsync(server, "denoise/gaussian", log.Headers);

        var job = log.Job;
        Assert.Equal((log.Trace, log.Parent, "denoise/gaussian", ActivityKind.Server), (job.TraceId, job.ParentSpanId, job.DisplayName, job.Kind));
        Assert.Equal(ActivityStatusCode.Unset, job.Status);
        Assert.Matches("^[0-9a-f]{12}$", job.GetTagItem("inferencebridge.job.id") as string);
        Assert.Equal(("denoise/gaussian", "cpu", "completed", 240L),
            (job.GetTagItem("inferencebridge.operation"), job.GetTagItem("inferencebridge.device"), job.GetTagItem("inferencebridge.outcome"),
                job.GetTagItem("inferencebridge.bytes.received")));
        var stages = log.Stopped.Where(activity => activity != job).ToArray();
        Assert.All(stages, stage => Assert.Equal((log.Trace, job.SpanId), (stage.TraceId, stage.ParentSpanId)));

        // One tile a frame.
        Assert.Equal(["download", "tile", "tile", "tile", "upload"], stages.Select(stage => stage.OperationName).Order());
        Assert.Equal(240L, stages.Single(stage => stage.OperationName == "upload").GetTagItem("inferencebridge.bytes"));
        Assert.All(stages.Where(stage => stage.OperationName == "tile"), tile =>
            Assert.Equal(("cpu", 40L), (tile.GetTagItem("inferencebridge.device"), tile.GetTagItem("inferencebridge.tile.voxels"))));
    }

    [Fact]
    public async Task Process_ThatSpools_ShowsIt()
    {
        using var log = new ActivityLog();
        await using var server = await StartAsync();
        await RunAsync(server, "test/noise", log.Headers);
        var spool = Assert.Single(log.Stopped, activity => activity.OperationName == "spool");
        var tiles = log.Stopped.Where(activity => activity.OperationName == "tile").ToArray();
        Assert.NotEmpty(tiles);
        Assert.All(tiles, tile => Assert.True(tile.StartTimeUtc >= spool.StartTimeUtc + spool.Duration));
    }

    [Fact]
    public async Task Process_Refused_MarksTheJobWithTheError()
    {
        using var log = new ActivityLog();
        await using var server = await StartAsync();
        await Assert.ThrowsAsync<RpcException>(() => RunAsync(server, "no/such", log.Headers));
        Assert.Equal((ActivityStatusCode.Error, "OperationNotFound", "refused"),
            (log.Job.Status, log.Job.GetTagItem("error.type"), log.Job.GetTagItem("inferencebridge.outcome")));
        Assert.Single(log.Stopped);
    }

    [Fact]
    public async Task Process_CrashesInATile_MarksTheTile()
    {
        using var log = new ActivityLog();
        await using var server = await StartAsync();
        await Assert.ThrowsAsync<RpcException>(() => RunAsync(server, "test/crash", log.Headers));
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(log.Stopped, activity => activity.OperationName == "tile").Status);
        Assert.Equal(("Internal", "failed"), (log.Job.GetTagItem("error.type"), log.Job.GetTagItem("inferencebridge.outcome")));
    }

    [Fact]
    public async Task Process_CrashesInATile_EveryLineOfTheLogCarriesTheJobsId()
    {
        using var log = new ActivityLog();
        using var lines = new LineLog();
        await using var host = await InferenceServerHost.StartAsync(
            new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu" }, new OperationCatalog(new TestOperations().All),
            logging => logging.AddProvider(lines), null, Cancellation);
        using var channel = TestServer.Connect(host.Addresses[0]);
        var failure = await Assert.ThrowsAsync<RpcException>(() => RunAsync(channel, "test/crash", log.Headers));

        var id = Assert.IsType<string>(log.Job.GetTagItem("inferencebridge.job.id"));
        Assert.Contains(id, failure.Status.Detail, StringComparison.Ordinal);
        var ofJobs = lines.Lines.Where(line => line.Id >= 200).ToArray();
        Assert.Equal([200, 204, 900], ofJobs.Select(line => line.Id));
        Assert.All(ofJobs, line => Assert.Contains(id, line.Text, StringComparison.Ordinal));
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(
        new InferenceServerOptions { Urls = "http://127.0.0.1:0", Device = "cpu" }, [.. BuiltInOperations.All, .. new TestOperations().All]);

    private static Task RunAsync(TestServer server, string operation, Metadata headers) => RunAsync(server.Channel, operation, headers);

    private static async Task RunAsync(ChannelBase channel, string operation, Metadata headers)
    {
        using var call = new Proto.VolumeService.VolumeServiceClient(channel).Process(headers, cancellationToken: Cancellation);
        try
        {
            foreach (var message in Requests.Run(operation, Image))
            {
                await call.RequestStream.WriteAsync(message, Cancellation);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException)
        {
            // The server has refused the call: reading tells why.
        }

        while (await call.ResponseStream.MoveNext(Cancellation))
        {
        }
    }
}
