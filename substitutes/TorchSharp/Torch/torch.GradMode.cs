using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Records nothing for gradients on this thread until the result is disposed.</summary>
    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static bool is_grad_enabled() => NativeMethods.ib_grad_mode() != 0;

    /// <summary>As <see cref="no_grad"/>, and faster: tensors made meanwhile can never take part in gradients.</summary>
    /// <remarks>Dispose the result on the thread that got it, in reverse order of nesting.</remarks>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => NativeMethods.ib_inference_mode() != 0;

    private sealed class AutoGradMode(bool enabled) : IDisposable
    {
        private readonly int _before = NativeMethods.ib_set_grad_mode(enabled ? 1 : 0);

        public void Dispose() => _ = NativeMethods.ib_set_grad_mode(_before);
    }

    private sealed class InferenceMode : IDisposable
    {
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private nint _guard;

        internal InferenceMode(bool enabled) => NativeTorch.Check(NativeMethods.ib_inference_enter(enabled ? 1 : 0, out _guard));

        public void Dispose()
        {
            if (Environment.CurrentManagedThreadId != _thread)
            {
                throw new InvalidOperationException("Inference mode must be left on the thread that entered it.");
            }

            NativeMethods.ib_inference_leave(_guard);
            _guard = 0;
        }
    }
}
