using System.Buffers;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Frames;

namespace InferenceBridge.Server.Jobs;

/// <summary>
/// Sends the frames of a movie through an operation that keeps state along them. Memory does not grow with the movie: where it has to be
/// gone through twice, it is kept in scratch while the first pass goes along with the upload.
/// </summary>
internal sealed class MoviePipeline(
    JobRequest request, IFrameOperation operation, JobChannels channels, DeviceScheduler scheduler, ScratchSpace scratch, InferenceServerOptions options)
{
    private readonly ImageIntake _intake = new(request, channels);
    private readonly FrameJobPlan _plan = request.Frames!;
    private readonly int _planes = (int)(request.Image.Shape.PlaneCount / request.Image.Shape.Frames);

    public async Task RunAsync(CancellationToken cancellation)
    {
        channels.Progress.Stage("uploading");
        var auxiliaries = await _intake.ReadAuxiliariesAsync(cancellation).ConfigureAwait(false);
        var device = scheduler.Preferred;
        channels.State.Device = device.Id;
        var result = request.Result with { Shape = _plan.Result };
        using var job = operation.Start(new FrameJobContext(request.ForFrames(request.Image.Shape.Frames), auxiliaries, result, device.Torch));
        var window = new PlaneWindow(request.Image, JobPlanner.FrameWindow(request, options));
        var isTwice = _plan.Passes > 1;
        using var spool = isTwice ? scratch.Open(request.Image, channels.State.Id) : null;
        await Stages.RunAsync(cancellation,
            token => _intake.ReadImageAsync(
                chunk =>
                {
                    spool?.Write(chunk);
                    return window.WriteAsync(chunk, token);
                },
                token),
            token => PassAsync(window, job, device, isLast: !isTwice, token)).ConfigureAwait(false);
        if (spool is not null)
        {
            job.EndPass();
            await PassAsync(spool, job, device, isLast: true, cancellation).ConfigureAwait(false);
        }

        foreach (var warning in job.Warnings)
        {
            channels.State.Warn(warning);
        }

        foreach (var (name, value) in job.Details)
        {
            channels.State.Details[name] = value;
        }
    }

    private async Task PassAsync(IPlaneSource source, IFrameJob job, ComputeDevice device, bool isLast, CancellationToken cancellation)
    {
        var frames = request.Image.Shape.Frames;
        for (var first = 0; first < frames;)
        {
            var count = Math.Min(Math.Min(job.Concurrency, _plan.MaximumConcurrency), frames - first);
            await source.WaitForAsync((long)(first + count) * _planes, cancellation).ConfigureAwait(false);
            channels.Progress.Stage(isLast ? "computing" : "first pass");
            var tasks = new FrameTask[count];
            for (var i = 0; i < count; i++)
            {
                tasks[i] = Read(source, first + i, isLast);
            }

            source.ReleaseBefore((long)(first + count) * _planes);
            await FrameTurn.ProcessAsync(job, tasks, scheduler, device, channels.State, cancellation).ConfigureAwait(false);
            first += count;
            foreach (var task in isLast ? tasks : [])
            {
                channels.State.Tiles++;
                await SendAsync(task, cancellation).ConfigureAwait(false);
            }
        }
    }

    private FrameTask Read(IPlaneSource source, int frame, bool isLast)
    {
        var planeBytes = (int)request.Image.PlaneBytes;
        var pixels = GC.AllocateUninitializedArray<byte>(checked(planeBytes * _planes));
        for (var i = 0; i < _planes; i++)
        {
            source.Rows(((long)frame * _planes) + i, 0, request.Image.Shape.Height).CopyTo(pixels.AsSpan(i * planeBytes));
        }

        var result = isLast ? GC.AllocateUninitializedArray<byte>(checked((int)(_plan.Result.PlaneCount * request.Result.PlaneBytes))) : [];
        var task = new FrameTask(frame, pixels, result);
        return isLast && request.SideOutputs.Count > 0 ? task with { SideResults = SideOutputs.Buffers(request.SideOutputs) } : task;
    }

    private async Task SendAsync(FrameTask task, CancellationToken cancellation)
    {
        channels.State.SaturatedVoxels += task.SaturatedPixels;
        if (request.WantsFrameNumbers)
        {
            var numbers = new Proto.FrameNumbers { Frame = task.Id };
            numbers.Numbers.Add(task.Numbers);
            channels.Writer.Add(new Proto.ProcessResponse { FrameNumbers = numbers });
        }

        await SendAsync("", request.Result, task.Id, task.Result, cancellation).ConfigureAwait(false);
        foreach (var (name, info) in request.SideOutputs)
        {
            await SendAsync(name, info, task.Id, task.SideResults[name], cancellation).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(string sideOutput, VolumeInfo info, long frame, ReadOnlyMemory<byte> pixels, CancellationToken cancellation)
    {
        var planes = (int)(info.Shape.PlaneCount / info.Shape.Frames);
        var (firstPlane, rowBytes) = (frame * planes, (int)(info.PlaneBytes / info.Shape.Height));
        foreach (var range in ChunkLayout.Split(info, firstPlane, planes, options.ResultChunkBytes))
        {
            var length = range.PlaneCount * range.RowCount * rowBytes;
            var start = ((int)(range.FirstPlane - firstPlane) * (int)info.PlaneBytes) + (range.FirstRow * rowBytes);
            var rented = ArrayPool<byte>.Shared.Rent(length);
            pixels.Slice(start, length).CopyTo(rented);
            await channels.Writer.WriteAsync(info, range, rented, length, cancellation, sideOutput).ConfigureAwait(false);
            if (sideOutput.Length == 0)
            {
                channels.Progress.Computed(range.FirstRow + range.RowCount == info.Shape.Height ? range.PlaneCount : 0);
            }
        }
    }
}
