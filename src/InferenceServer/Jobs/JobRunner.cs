using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Diagnostics;
using InferenceBridge.Server.Hosting;
using InferenceBridge.Server.Monitoring;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Jobs;

/// <summary>Runs one call from its declaration to its summary.</summary>
internal sealed class JobRunner(
    DeclarationValidator validator, JobPlanner planner, JobAdmission admission, DeviceScheduler scheduler, JobTracker jobs,
    InferenceServerOptions options, JobMonitor monitor, TimeProvider time, ILogger<JobRunner> logger)
{
    public async Task RunAsync(
        IAsyncStreamReader<Proto.ProcessRequest> requests, IServerStreamWriter<Proto.ProcessResponse> responses, JobCaller caller,
        CancellationToken callerCancellation)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(callerCancellation, jobs.StopToken);
        var telemetry = monitor.Begin(caller);
        var state = new JobState(telemetry, time);
        using var scope = Log.JobScope(logger, state.Id);
        try
        {
            var patience = new ClientPatience(TimeSpan.FromSeconds(options.ClientIdleSeconds), time);
            var reader = new UploadReader(new ObservedRequests(requests, telemetry), state.Clock, patience);
            var declaration = await reader.ReadDeclarationAsync(cancellation.Token).ConfigureAwait(false);
            var request = validator.Validate(declaration);
            telemetry.Declared(request);
            var plan = request.Operation is ITensorOperation operation ? planner.Plan(request, operation) : null;
            var writer = new ResultWriter(new ObservedResponses(responses, telemetry), options.QueueBytes, state.Clock, patience);
            await Stages.RunAsync(cancellation.Token, writer.RunAsync, token => ProcessAsync(request, plan, reader, writer, state, token))
                .ConfigureAwait(false);
            Log.JobCompleted(logger, state.Id, request.Operation.Declaration.Id, state.Clock.TotalSeconds, state.Clock.ComputeSeconds,
                state.Device, state.Warnings.Count);
            telemetry.End(JobOutcome.Completed, null, state.Clock);
        }
        catch (InferenceException e)
        {
            Log.JobRefused(logger, state.Id, state.Clock.TotalSeconds, e.Error, e.Message);
            telemetry.End(e.Error == InferenceError.Cancelled ? JobOutcome.Cancelled : JobOutcome.Refused, e.Error.ToString(), state.Clock);
            throw;
        }
        catch (Exception e) when (e is OperationCanceledException || cancellation.IsCancellationRequested)
        {
            Log.JobCancelled(logger, state.Id, state.Clock.TotalSeconds);
            telemetry.End(JobOutcome.Cancelled, nameof(InferenceError.Cancelled), state.Clock);
            throw;
        }
        catch (Exception e)
        {
            Log.JobFailed(logger, state.Id, state.Clock.TotalSeconds, e);
            telemetry.End(JobOutcome.Failed, nameof(InferenceError.Internal), state.Clock);
            throw;
        }
    }

    private async Task ProcessAsync(
        JobRequest request, JobPlan? plan, UploadReader reader, ResultWriter writer, JobState state, CancellationToken cancellation)
    {
        state.Device = plan is null ? "cpu" : scheduler.Devices[0].Id;
        var accepted = ProtoMapping.Accepted(request, plan, state.Device, planner.PredictMemory(request, plan));
        writer.Post(new Proto.ProcessResponse { Accepted = accepted });
        state.Telemetry.Accepted(accepted);
        Log.JobAccepted(logger, state.Id, request.Operation.Declaration.Id, request.Image.Shape.ToString(), request.Image.PixelType.Name(),
            request.Image.TotalBytes, accepted.TilePlan.Tiles, state.Device);

        var channels = new JobChannels(reader, writer, new ProgressReporter(time, request.Result.Shape.PlaneCount, writer.Post, state.Telemetry.Progressed), state);
        using var place = await state.Telemetry.QueueAsync(admission.EnterAsync(() => channels.Progress.Stage("waiting"), cancellation)).ConfigureAwait(false);
        await (plan is null
            ? PlanePipeline.RunAsync(request, (IPlaneOperation)request.Operation, channels, cancellation)
            : new TensorPipeline(request, plan, channels, scheduler, options, logger).RunAsync(cancellation)).ConfigureAwait(false);
        if (state.SaturatedVoxels > 0)
        {
            state.Warn($"{state.SaturatedVoxels} voxels lay outside of {request.OutputPixelType.Name()} and were saturated; "
                + "ask for float32 results to keep their values.");
        }

        writer.Finish(new Proto.ProcessResponse { Summary = ProtoMapping.Summary(request, state) });
    }
}
