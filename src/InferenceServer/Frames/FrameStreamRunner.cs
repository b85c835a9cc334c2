using Grpc.Core;
using InferenceBridge.Models;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Diagnostics;
using InferenceBridge.Server.Hosting;
using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Monitoring;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Frames;

/// <summary>Runs one stream from its opening to its summary, as a job among the others.</summary>
internal sealed class FrameStreamRunner(
    DeclarationValidator validator, JobPlanner planner, JobAdmission admission, DeviceScheduler scheduler, JobTracker jobs, JobMonitor monitor,
    InferenceServerOptions options, TimeProvider time, ILogger<FrameStreamRunner> logger)
{
    /// <param name="caller">Whose stream it is.</param>
    /// <param name="requests">What the client sends.</param>
    /// <param name="responses">What it gets.</param>
    /// <param name="callEnd">Cancelled when the client cancels or its deadline passes.</param>
    public async Task RunAsync(
        JobCaller caller, IAsyncStreamReader<Proto.FrameRequest> requests, IServerStreamWriter<Proto.FrameResponse> responses, CancellationToken callEnd)
    {
        using var limit = new JobTimeLimit(options, time);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(callEnd, jobs.StopToken, limit.Token);
        var state = new JobState(monitor.Begin(caller), time);
        using var scope = Log.JobScope(logger, state.Id);
        try
        {
            await ServeAsync(caller, requests, responses, state, limit, cancellation.Token).ConfigureAwait(false);
            state.Telemetry.End(JobOutcome.Completed, null, state.Clock);
        }
        catch (InferenceException e)
        {
            Refused(e, state);
            throw;
        }
        catch (Exception e) when (e is OperationCanceledException && limit.IsExceeded && !callEnd.IsCancellationRequested)
        {
            var error = limit.Exceeded(e);
            Refused(error, state);
            throw error;
        }
        catch (Exception e) when (e is OperationCanceledException || cancellation.IsCancellationRequested)
        {
            Log.JobCancelled(logger, state.Id, state.Clock.TotalSeconds);
            state.Telemetry.End(JobOutcome.Cancelled, nameof(InferenceError.Cancelled), state.Clock);
            throw;
        }
        catch (Exception e)
        {
            Log.JobFailed(logger, state.Id, state.Clock.TotalSeconds, e);
            state.Telemetry.End(JobOutcome.Failed, nameof(InferenceError.Internal), state.Clock);
            throw;
        }
    }

    private async Task ServeAsync(
        JobCaller caller, IAsyncStreamReader<Proto.FrameRequest> requests, IServerStreamWriter<Proto.FrameResponse> responses, JobState state,
        JobTimeLimit limit, CancellationToken cancellation)
    {
        var patience = new ClientPatience(TimeSpan.FromSeconds(options.ClientIdleSeconds), time);
        var reader = new FrameReader(requests, state.Telemetry, time, options);
        var opening = FrameOpening.Check(await reader.ReadOpeningAsync(cancellation).ConfigureAwait(false), validator, options);
        state.Telemetry.Declared(opening.Request);
        var memory = planner.StreamMemory(opening.Request, opening.Plan, opening.QueueLength, StreamDevices.KeptBytes(opening.Request.Image, scheduler));
        using var place = admission.Enter(new JobDemand(caller.Client, memory, () => 0));
        await WaitAsync(place, responses, state, patience, cancellation).ConfigureAwait(false);
        limit.Begin();
        var auxiliaries = await reader.ReadAuxiliariesAsync(opening, state.Clock, cancellation).ConfigureAwait(false);
        var resumed = await reader.ReadStateAsync(opening.StateBytes, cancellation).ConfigureAwait(false);
        var context = new FrameJobContext(opening.Request.ForFrames(null), auxiliaries, opening.Result, scheduler.Preferred.Torch) { State = resumed };
        using var devices = new StreamDevices(opening, context, scheduler, state, logger);
        using var queue = new FrameQueue(opening.QueueLength, opening.DropsOldest);
        var image = opening.Request.Image;
        await patience.WaitAsync(responses.WriteAsync(new Proto.FrameResponse { Opened = Opened(opening, memory, state) }, CancellationToken.None), "take an answer")
            .ConfigureAwait(false);
        Log.StreamOpened(logger, state.Id, opening.Operation.Declaration.Id, image.Shape.ToString(), PixelName(image), opening.QueueLength, state.Device);
        var loop = new FrameLoop(opening, devices, queue, reader, responses, state, patience, time);
        await Stages.RunAsync(cancellation, token => reader.RunAsync(opening, queue, token), loop.RunAsync).ConfigureAwait(false);
        Log.StreamEnded(logger, state.Id, state.Clock.TotalSeconds, loop.Answered, queue.DroppedTotal);
    }

    private static async Task WaitAsync(
        JobPlace place, IServerStreamWriter<Proto.FrameResponse> responses, JobState state, ClientPatience patience, CancellationToken cancellation)
    {
        // Places are told on any thread; the stream takes one message at a time.
        var news = System.Threading.Channels.Channel.CreateBounded<QueuePlace>(
            new System.Threading.Channels.BoundedChannelOptions(1) { FullMode = System.Threading.Channels.BoundedChannelFullMode.DropOldest });
        var waiting = state.Telemetry.QueueAsync(place.WaitAsync(where => news.Writer.TryWrite(where), cancellation));
        _ = waiting.ContinueWith(_ => news.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await foreach (var where in news.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            state.Telemetry.Progressed(new Proto.Progress { Stage = "queued", QueuePosition = where.Position, EstimatedWaitSeconds = where.Seconds ?? 0 });
            await patience.WaitAsync(
                responses.WriteAsync(new Proto.FrameResponse { Queued = new Proto.QueuedFrames { Position = where.Position, EstimatedWaitSeconds = where.Seconds ?? 0 } }, CancellationToken.None),
                "take an answer").ConfigureAwait(false);
        }

        await waiting.ConfigureAwait(false);
    }

    private static Proto.FramesOpened Opened(FrameOpening opening, JobMemory memory, JobState state)
    {
        var result = opening.Request.Description.Clone();
        (result.SizeZ, result.SizeY, result.SizeX) = (opening.Plan.Result.Depth, opening.Plan.Result.Height, opening.Plan.Result.Width);
        (result.SizeC, result.PixelType) = (opening.Plan.Result.Channels, (Proto.PixelType)(int)opening.Request.OutputPixelType);
        var opened = new Proto.FramesOpened
        {
            Device = state.Device,
            OperationVersion = opening.Operation.Declaration.Version,
            ServerVersion = ServerVersion.Text,
            Result = result,
            PredictedMemoryBytes = memory.Total,
            QueueLength = opening.QueueLength,
            DropPolicy = opening.DropsOldest ? Proto.DropPolicy.Oldest : Proto.DropPolicy.Block,
            IdleTimeoutS = opening.Idle.TotalSeconds,
            SideOutputs = { opening.Request.SideOutputs.Select(side => SideOutputs.ToProto(side, opening.Request.Description)) },
        };
        foreach (var (name, value) in opening.Request.Parameters.Values)
        {
            opened.Parameters[name] = ProtoMapping.Value(value);
        }

        return opened;
    }

    private static string PixelName(Imaging.VolumeInfo image) => Imaging.PixelTypes.Name(image.PixelType);

    private void Refused(InferenceException error, JobState state)
    {
        Log.JobRefused(logger, state.Id, state.Clock.TotalSeconds, error.Error, error.Message);
        state.Telemetry.End(error.Error == InferenceError.Cancelled ? JobOutcome.Cancelled : JobOutcome.Refused, error.Error.ToString(), state.Clock);
    }
}
