using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class jit
    {
        /// <summary>Functions compiled from source.</summary>
        public class CompilationUnit : IDisposable
        {
            private readonly ScriptHandle _script;

            internal CompilationUnit(ScriptHandle script) => _script = script;

            /// <summary>Calls a function; see <see cref="ScriptModule.forward"/> for arguments and results.</summary>
            public object invoke(string name, params object[] objs) => ScriptCall.Invoke(_script, name, objs)!;

            public TResult invoke<TResult>(string name, params object[] objs) => (TResult)invoke(name, objs);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (disposing)
                {
                    _script.Dispose();
                }
            }
        }
    }
}
