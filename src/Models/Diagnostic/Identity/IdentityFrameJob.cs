using System.Buffers.Binary;
using System.Globalization;

namespace InferenceBridge.Models;

/// <summary>Gives frames back. Its state is the number of them, so that streams can be resumed in tests.</summary>
internal sealed class IdentityFrameJob : IFrameJob
{
    private long _frames;

    public IdentityFrameJob(FrameJobContext context)
    {
        if (context.State is { } state)
        {
            _frames = state.Length == sizeof(long)
                ? BinaryPrimitives.ReadInt64LittleEndian(state.Span)
                : throw new InferenceException(InferenceError.AuxiliaryInvalid, "state",
                    $"The state has {state.Length} bytes; accepted: the {sizeof(long)} that diagnostic/identity exported.");
        }
    }

    public int Concurrency => 1;

    public IReadOnlyList<string> Warnings => [];

    public IReadOnlyDictionary<string, string> Details =>
        new Dictionary<string, string> { ["frames"] = _frames.ToString(CultureInfo.InvariantCulture) };

    public void Process(IReadOnlyList<FrameTask> frames, CancellationToken cancellation)
    {
        foreach (var frame in frames)
        {
            cancellation.ThrowIfCancellationRequested();
            frame.Pixels.CopyTo(frame.Result);
            frame.Numbers["frame"] = _frames++;
        }
    }

    public void EndPass()
    {
        // One pass does.
    }

    public byte[] ExportState()
    {
        var state = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(state, _frames);
        return state;
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
