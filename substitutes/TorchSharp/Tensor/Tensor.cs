using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A multi-dimensional array of one element type on one device. Operators return new tensors; methods whose names end
    /// with an underscore change the tensor and return it. A tensor is released when it, or the dispose scope that was
    /// innermost on the creating thread, is disposed, at the latest by the garbage collector.
    /// </summary>
    /// <remarks>
    /// Errors of libtorch arrive as <see cref="System.Runtime.InteropServices.ExternalException"/> with its message; a
    /// tensor that was disposed throws <see cref="InvalidOperationException"/>.
    /// </remarks>
    public partial class Tensor : IDisposable
    {
        private readonly TensorHandle _handle;

        internal Tensor(nint handle)
        {
            _handle = new TensorHandle(handle);
            OwningDisposeScope = DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
        }

        /// <summary>The native handle, valid while the tensor lives.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public IntPtr Handle => IsInvalid ? throw new InvalidOperationException("Tensor invalid -- empty handle.") : _handle.DangerousGetHandle();

        /// <summary>True once the tensor was disposed.</summary>
        public bool IsInvalid => _handle.IsClosed || _handle.IsInvalid;

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal TensorHandle SafeHandle => _handle;

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Hands the tensor to the scope around its own; without one, nothing disposes it any more but its owner.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } scope)
            {
                scope.MoveToOther(other, this);
            }
            else
            {
                other?.Attach((IDisposable)this);
            }

            return this;
        }

        /// <summary>Takes the tensor out of all scopes.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Another tensor object over the same native tensor.</summary>
        public Tensor alias()
        {
            var result = Own(NativeMethods.ib_tensor_share(Handle));
            GC.KeepAlive(this);
            return result;
        }

        /// <summary>Takes over a handle that the native layer gave away.</summary>
        internal static Tensor Own(nint handle) => new(handle);

        protected virtual void Dispose(bool disposing)
        {
            if (!disposing || _handle.IsClosed)
            {
                return;
            }

            _handle.Dispose();
            if (OwningDisposeScope is { } scope)
            {
                scope.MarkAsDisposed(this);
            }
            else
            {
                DisposeScopeManager.Statistics.DisposedOutsideScopeCount++;
            }
        }
    }
}
