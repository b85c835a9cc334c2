using Grpc.Core;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Diagnostics;
using InferenceBridge.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Jobs;

/// <summary>Runs one call from its declaration to its summary.</summary>
internal sealed class JobRunner(
    DeclarationValidator validator, JobPlanner planner, JobAdmission admission, DeviceScheduler scheduler, ScratchSpace scratch,
    JobTracker jobs, InferenceServerOptions options, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <param name="client">Whose job it is.</param>
    /// <param name="requests">What the client sends.</param>
    /// <param name="responses">What it gets.</param>
    /// <param name="caller">Cancelled when the client cancels or its deadline passes.</param>
    public async Task RunAsync(
        string client, IAsyncStreamReader<Proto.ProcessRequest> requests, IServerStreamWriter<Proto.ProcessResponse> responses, CancellationToken caller)
    {
        using var limit = new JobTimeLimit(options, time);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(caller, jobs.StopToken, limit.Token);
        var state = new JobState(Guid.NewGuid().ToString("n")[..12], time);
        try
        {
            var patience = new ClientPatience(TimeSpan.FromSeconds(options.ClientIdleSeconds), time);
            var reader = new UploadReader(requests, state.Clock, patience, options.MaxChunkBytes);
            var declaration = await reader.ReadDeclarationAsync(cancellation.Token).ConfigureAwait(false);
            var request = validator.Validate(declaration);
            var device = scheduler.Preferred;
            var plan = request.Operation is ITensorOperation operation ? planner.Plan(request, operation, device) : null;
            var memory = plan?.Memory ?? planner.PlaneMemory(request);
            var writer = new ResultWriter(responses, options.QueueBytes, state.Clock, patience);
            var channels = new JobChannels(reader, writer, new ProgressReporter(time, request.Result.Shape.PlaneCount, writer.Post), state);
            using var place = admission.Enter(new JobDemand(client, memory, () => channels.Progress.Fraction));
            state.Device = plan is null ? "cpu" : device.Id;
            Accept(request, plan, memory, channels);
            await Stages.RunAsync(cancellation.Token, writer.RunAsync, async token =>
            {
                await place.WaitAsync(channels.Progress.Queued, token).ConfigureAwait(false);
                limit.Begin();
                await ProcessAsync(request, plan, channels, token).ConfigureAwait(false);
            }).ConfigureAwait(false);
            Log.JobCompleted(logger, state.Id, request.Operation.Declaration.Id, state.Clock.TotalSeconds, state.Clock.ComputeSeconds,
                state.Device, state.Warnings.Count);
        }
        catch (InferenceException e)
        {
            Log.JobRefused(logger, state.Id, state.Clock.TotalSeconds, e.Error, e.Message);
            throw;
        }
        catch (Exception e) when (DeviceFaults.Of(e) == DeviceFault.OutOfMemory)
        {
            var error = new InferenceException(InferenceError.DeviceOutOfMemory, InputRole.ImageName,
                "The server's own memory is exhausted; accepted: a smaller image, or try again when fewer jobs run.", e);
            Log.JobRefused(logger, state.Id, state.Clock.TotalSeconds, error.Error, error.Message);
            throw error;
        }
        catch (Exception e) when (e is OperationCanceledException && limit.IsExceeded && !caller.IsCancellationRequested)
        {
            var error = limit.Exceeded(e);
            Log.JobRefused(logger, state.Id, state.Clock.TotalSeconds, error.Error, error.Message);
            throw error;
        }
        catch (Exception e) when (e is OperationCanceledException || cancellation.IsCancellationRequested)
        {
            Log.JobCancelled(logger, state.Id, state.Clock.TotalSeconds);
            throw;
        }
        catch (Exception e)
        {
            Log.JobFailed(logger, state.Id, state.Clock.TotalSeconds, e);
            throw;
        }
    }

    private void Accept(JobRequest request, JobPlan? plan, JobMemory memory, JobChannels channels)
    {
        var state = channels.State;
        var accepted = ProtoMapping.Accepted(request, plan, state.Device, memory.Total);
        channels.Writer.Post(new Proto.ProcessResponse { Accepted = accepted });
        Log.JobAccepted(logger, state.Id, request.Operation.Declaration.Id, request.Image.Shape.ToString(), request.Image.PixelType.Name(),
            request.Image.TotalBytes, accepted.TilePlan.Tiles, state.Device);
    }

    private async Task ProcessAsync(JobRequest request, JobPlan? plan, JobChannels channels, CancellationToken cancellation)
    {
        await (plan is null
            ? PlanePipeline.RunAsync(request, (IPlaneOperation)request.Operation, channels, cancellation)
            : new TensorPipeline(request, plan, channels, scheduler, scratch, options, logger).RunAsync(cancellation)).ConfigureAwait(false);
        var state = channels.State;
        if (state.SaturatedVoxels > 0)
        {
            state.Warn($"{state.SaturatedVoxels} voxels lay outside of {request.OutputPixelType.Name()} and were saturated; "
                + "ask for float32 results to keep their values.");
        }

        channels.Writer.Finish(new Proto.ProcessResponse { Summary = ProtoMapping.Summary(request, state) });
    }
}
