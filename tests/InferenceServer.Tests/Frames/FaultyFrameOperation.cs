using System.Runtime.InteropServices;
using InferenceBridge.Models;
using InferenceBridge.Server.Devices;
using InferenceBridge.Server.Tests.Support;
using TorchSharp;

namespace InferenceBridge.Server.Tests.Frames;

/// <summary>
/// An operation on frames, "test/sums", whose state is the sum of all pixels so far, on a card that fails. What it tells of a frame depends on
/// all frames before it.
/// </summary>
/// <param name="message">How the card fails, in the words of libtorch.</param>
/// <param name="atFrame">The frame, counted from 1 over all jobs, from which on computing fails; 0 for the start of a job.</param>
/// <param name="atExport">The export from which on exporting fails, from 1.</param>
internal sealed class FaultyFrameOperation(string message, int atFrame = int.MaxValue, int atExport = int.MaxValue) : IFrameOperation
{
    private int _frames;
    private int _exports;

    public OperationDeclaration Declaration { get; } = new("test/sums", "1", "For tests.");

    /// <summary>Frames that the card has computed, or tried to.</summary>
    public int Frames => _frames;

    // In truth the processor too; nothing but the reference tells the two apart.
    private torch.Device Card { get; } = torch.device("cpu");

    public DeviceScheduler Scheduler(bool hasCpu = true)
    {
        var card = new ComputeDevice("card:0", "A card that fails", 0, Card);
        return new DeviceScheduler(hasCpu ? [card, new ComputeDevice("cpu", "The processor", 0, torch.device("cpu"))] : [card]);
    }

    public FrameJobPlan Plan(FrameJobRequest request) => new(request.Frame.Shape) { DeviceBytes = 1 };

    public IFrameJob Start(FrameJobContext context)
    {
        var isOnCard = ReferenceEquals(context.Device, Card);
        return isOnCard && atFrame == 0
            ? throw new TorchFailure(message)
            : new Job(this, isOnCard) { Sum = context.State is { } state ? MemoryMarshal.Read<long>(state.Span) : 0 };
    }

    private sealed class Job(FaultyFrameOperation operation, bool isOnCard) : IFrameJob
    {
        public long Sum { get; set; }

        public int Concurrency => 1;

        public IReadOnlyList<string> Warnings => [];

        public IReadOnlyDictionary<string, string> Details => new Dictionary<string, string>();

        public void Process(IReadOnlyList<FrameTask> frames, CancellationToken cancellation)
        {
            foreach (var pixel in frames[0].Pixels.Span)
            {
                Sum += pixel;
            }

            // Half of the work is done when it fails.
            if (isOnCard && Interlocked.Increment(ref operation._frames) >= operation.AtFrame)
            {
                throw new TorchFailure(operation.Message);
            }

            frames[0].Numbers["sum"] = Sum;
            if (!frames[0].Result.IsEmpty)
            {
                frames[0].Pixels.CopyTo(frames[0].Result);
            }
        }

        public void EndPass()
        {
            // One pass does.
        }

        public byte[] ExportState() => isOnCard && Interlocked.Increment(ref operation._exports) >= operation.AtExport
            ? throw new TorchFailure(operation.Message)
            : BitConverter.GetBytes(Sum);

        public void Dispose()
        {
            // Nothing is held.
        }
    }

    private int AtFrame => atFrame;

    private int AtExport => atExport;

    private string Message => message;
}
