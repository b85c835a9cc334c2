using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>A frame that was moved back. It owns all it has.</summary>
/// <param name="motion">How it had moved.</param>
/// <param name="before">What <see cref="MotionQuality"/> sees of it as it came.</param>
/// <param name="after">The same as it was corrected; null where that is as it came.</param>
/// <param name="corrected">float32, (z, y, x), as the template takes it in; null where it does not.</param>
internal sealed class MovedFrame(Motion motion, Tensor before, Tensor? after, Tensor? corrected) : IDisposable
{
    public Motion Motion => motion;

    public Tensor Before { get; } = before.DetachFromDisposeScope();

    public Tensor? After { get; } = after?.DetachFromDisposeScope();

    public Tensor? Corrected { get; } = corrected?.DetachFromDisposeScope();

    public void Dispose()
    {
        Motion.Dispose();
        Before.Dispose();
        After?.Dispose();
        Corrected?.Dispose();
    }
}
