using System.Runtime.InteropServices;
using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Server.Tests.Frames;

/// <summary>An operation on frames, "test/sided", that gives them back, with two side outputs that say which frame they belong to.</summary>
/// <param name="passes">Times that a movie is gone through.</param>
internal sealed class SidedOperation(int passes = 1) : IFrameOperation
{
    public OperationDeclaration Declaration { get; } = new("test/sided", "1", "For tests.")
    {
        SideOutputs = [new SideOutput("field", "Two channels of the frame's size."), new SideOutput("point", "One pixel.")],
    };

    /// <summary>Value that every pixel of a side output has.</summary>
    public static float Value(string name, long frame, int pixel) => (name == "field" ? 1000 : -1000) + (10 * frame) + (pixel % 7);

    public FrameJobPlan Plan(FrameJobRequest request) => new(request.Frame.Shape)
    {
        Passes = request.FrameCount is null ? 1 : passes,
        MaximumConcurrency = 2,
        SideOutputs = new Dictionary<string, VolumeShape> { ["field"] = request.Frame.Shape with { Channels = 2 }, ["point"] = new VolumeShape(1, 1, 1) },
    };

    public IFrameJob Start(FrameJobContext context) => new Job();

    private sealed class Job : IFrameJob
    {
        public int Concurrency => 2;

        public IReadOnlyList<string> Warnings => [];

        public IReadOnlyDictionary<string, string> Details => new Dictionary<string, string>();

        public void Process(IReadOnlyList<FrameTask> frames, CancellationToken cancellation)
        {
            foreach (var frame in frames)
            {
                if (!frame.Result.IsEmpty)
                {
                    frame.Pixels.CopyTo(frame.Result);
                }

                foreach (var (name, memory) in frame.SideResults)
                {
                    var values = MemoryMarshal.Cast<byte, float>(memory.Span);
                    for (var i = 0; i < values.Length; i++)
                    {
                        values[i] = Value(name, frame.Id, i);
                    }
                }
            }
        }

        public void EndPass()
        {
            // Nothing is learnt.
        }

        public byte[] ExportState() => [];

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
