using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Diagnostics;
using InferenceBridge.Server.Hosting;
using InferenceBridge.Server.Monitoring;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Jobs;

/// <summary>Runs one call from its declaration to its summary.</summary>
internal sealed class JobRunner(
    DeclarationValidator validator, JobPlanner planner, JobAdmission admission, DeviceScheduler scheduler, ScratchSpace scratch,
    JobTracker jobs, JobMonitor monitor, InferenceServerOptions options, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <param name="caller">Whose job it is.</param>
    /// <param name="requests">What the client sends.</param>
    /// <param name="responses">What it gets.</param>
    /// <param name="callEnd">Cancelled when the client cancels or its deadline passes.</param>
    public async Task RunAsync(
        JobCaller caller, IAsyncStreamReader<Proto.ProcessRequest> requests, IServerStreamWriter<Proto.ProcessResponse> responses,
        CancellationToken callEnd)
    {
        using var limit = new JobTimeLimit(options, time);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(callEnd, jobs.StopToken, limit.Token);
        var telemetry = monitor.Begin(caller);
        var state = new JobState(telemetry, time);
        using var scope = Log.JobScope(logger, state.Id);
        try
        {
            var patience = new ClientPatience(TimeSpan.FromSeconds(options.ClientIdleSeconds), time);
            var reader = new UploadReader(new ObservedRequests(requests, telemetry), state.Clock, patience, options.MaxChunkBytes);
            var declaration = await reader.ReadDeclarationAsync(cancellation.Token).ConfigureAwait(false);
            var request = validator.Validate(declaration);
            telemetry.Declared(request);
            var device = scheduler.Preferred;
            var plan = request.Operation is ITensorOperation operation ? planner.Plan(request, operation, device) : null;
            var memory = plan?.Memory ?? (request.Frames is not null ? planner.FrameMemory(request) : request.Made is { } made ? planner.VolumeMemory(request, made) : planner.PlaneMemory(request));
            var writer = new ResultWriter(new ObservedResponses(responses, telemetry), options.QueueBytes, state.Clock, patience);
            var progress = new ProgressReporter(time, request.Result.Shape.PlaneCount, writer.Post, telemetry.Progressed);
            var channels = new JobChannels(reader, writer, progress, state);
            using var place = admission.Enter(new JobDemand(caller.Client, memory, () => channels.Progress.Fraction));
            state.Device = plan is null && request.Frames is null && request.Operation is not IDeviceVolumeOperation ? "cpu" : device.Id;
            Accept(request, plan, memory, channels);
            await Stages.RunAsync(cancellation.Token, writer.RunAsync, async token =>
            {
                await telemetry.QueueAsync(place.WaitAsync(channels.Progress.Queued, token)).ConfigureAwait(false);
                limit.Begin();
                await ProcessAsync(request, plan, channels, token).ConfigureAwait(false);
            }).ConfigureAwait(false);
            Log.JobCompleted(logger, state.Id, request.Operation.Declaration.Id, state.Clock.TotalSeconds, state.Clock.ComputeSeconds,
                state.Device, state.Warnings.Count);
            telemetry.End(JobOutcome.Completed, null, state.Clock);
        }
        catch (InferenceException e)
        {
            Refused(e, state);
            throw;
        }
        catch (Exception e) when (DeviceFaults.Of(e) == DeviceFault.OutOfMemory)
        {
            var error = new InferenceException(InferenceError.DeviceOutOfMemory, InputRole.ImageName,
                "The server's own memory is exhausted; accepted: a smaller image, or try again when fewer jobs run.", e);
            Refused(error, state);
            throw error;
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

    private void Refused(InferenceException error, JobState state)
    {
        Log.JobRefused(logger, state.Id, state.Clock.TotalSeconds, error.Error, error.Message);
        var outcome = error.Error == InferenceError.Cancelled ? JobOutcome.Cancelled : JobOutcome.Refused;
        state.Telemetry.End(outcome, error.Error.ToString(), state.Clock);
    }

    private void Accept(JobRequest request, JobPlan? plan, JobMemory memory, JobChannels channels)
    {
        var state = channels.State;
        var accepted = ProtoMapping.Accepted(request, plan, state.Device, memory.Total);
        channels.Writer.Post(new Proto.ProcessResponse { Accepted = accepted });
        state.Telemetry.Accepted(accepted);
        Log.JobAccepted(logger, state.Id, request.Operation.Declaration.Id, request.Image.Shape.ToString(), request.Image.PixelType.Name(),
            request.Image.TotalBytes, accepted.TilePlan.Tiles, state.Device);
    }

    private async Task ProcessAsync(JobRequest request, JobPlan? plan, JobChannels channels, CancellationToken cancellation)
    {
        await (request.Operation switch
        {
            IPlaneOperation planes => PlanePipeline.RunAsync(request, planes, channels, cancellation),
            IFrameOperation frames => new MoviePipeline(request, frames, channels, scheduler, scratch, options).RunAsync(cancellation),
            IVolumeOperation volumes => new VolumePipeline(request, volumes, channels, scheduler, options, logger).RunAsync(cancellation),
            _ => new TensorPipeline(request, plan!, channels, scheduler, scratch, options, logger).RunAsync(cancellation),
        }).ConfigureAwait(false);
        var state = channels.State;
        if (state.SaturatedVoxels > 0)
        {
            state.Warn($"{state.SaturatedVoxels} voxels lay outside of {request.OutputPixelType.Name()} and were saturated; "
                + "ask for float32 results to keep their values.");
        }

        channels.Writer.Finish(new Proto.ProcessResponse { Summary = ProtoMapping.Summary(request, state) });
    }
}
