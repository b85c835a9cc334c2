using InferenceBridge.Models;

namespace InferenceBridge.Server.Tests.Frames;

/// <summary>An operation on frames, "test/frames", whose frames wait until the test lets them go.</summary>
internal sealed class GatedFrameOperation : IFrameOperation, IDisposable
{
    private readonly SemaphoreSlim _entered = new(0);
    private readonly SemaphoreSlim _released = new(0);

    public OperationDeclaration Declaration { get; } = new("test/frames", "1", "For tests.");

    public FrameJobPlan Plan(FrameJobRequest request) => new(request.Frame.Shape);

    public IFrameJob Start(FrameJobContext context) => new Job(this);

    public Task EnteredAsync() => _entered.WaitAsync(TestContext.Current.CancellationToken);

    public void Release(int frames = 1) => _released.Release(frames);

    public void Dispose()
    {
        _entered.Dispose();
        _released.Dispose();
    }

    private sealed class Job(GatedFrameOperation operation) : IFrameJob
    {
        public int Concurrency => 1;

        public IReadOnlyList<string> Warnings => [];

        public IReadOnlyDictionary<string, string> Details => new Dictionary<string, string>();

        public void Process(IReadOnlyList<FrameTask> frames, CancellationToken cancellation)
        {
            operation._entered.Release();
            operation._released.Wait(cancellation);
            frames[0].Pixels.CopyTo(frames[0].Result);
        }

        public void EndPass()
        {
            // One pass does.
        }

        public byte[] ExportState() => [];

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
