using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class jit
    {
        /// <summary>A TorchScript module.</summary>
        public class ScriptModule : nn.Module
        {
            internal ScriptModule(ScriptHandle script)
                : base(nameof(ScriptModule)) => Script = script;

            public override bool training => NativeMethods.ib_script_is_training(Script) != 0;

            internal ScriptHandle Script { get; }

            /// <param name="input">Tensors, numbers, Booleans, strings, lists of tensors or numbers, or null for None.</param>
            /// <returns>
            /// A tensor, a tuple of two to five tensors, an array of tensors, a <see cref="Scalar"/>, a string, an array of
            /// such objects, or null.
            /// </returns>
            public object call(params object[] input) => forward(input);

            public object forward(params object[] input) => invoke("forward", input);

            /// <summary>Calls one of the module's methods.</summary>
            public object invoke(string name, params object[] objs) => ScriptCall.Invoke(Script, name, objs)!;

            public TResult invoke<TResult>(string name, params object[] objs) => (TResult)invoke(name, objs);

            public override void train(bool on = true) => NativeTorch.Check(NativeMethods.ib_script_train(Script, on ? 1 : 0));

            public override IEnumerable<(string name, Modules.Parameter parameter)> named_parameters(bool recurse = true) =>
                [.. NamedTensors(buffers: false).Select(entry => (entry.Name, new Modules.Parameter(entry.Tensor)))];

            public override IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true) =>
                [.. NamedTensors(buffers: true).Select(entry => (entry.Name, entry.Tensor))];

            protected internal override nn.Module _to(Device device, ScalarType? dtype, bool non_blocking)
            {
                InitializeDevice(device);
                NativeTorch.Check(NativeMethods.ib_script_to(Script, (int)device.type, device.index, (int?)dtype ?? -1));
                return this;
            }

            protected internal override nn.Module _to(ScalarType dtype, bool non_blocking)
            {
                NativeTorch.Check(NativeMethods.ib_script_to(Script, -1, -1, (int)dtype));
                return this;
            }

            protected override void Dispose(bool disposing)
            {
                if (disposing)
                {
                    Script.Dispose();
                }

                base.Dispose(disposing);
            }

            private unsafe List<(string Name, Tensor Tensor)> NamedTensors(bool buffers)
            {
                NativeValue result;
                NativeTorch.Check(NativeMethods.ib_script_tensors(Script, buffers ? 1 : 0, &result));
                var values = (NativeValue*)result.Pointer;
                var named = new List<(string, Tensor)>();
                for (var i = 0; i < result.Count; i += 2)
                {
                    named.Add((Marshal.PtrToStringUTF8(values[i].Pointer, values[i].Count), Tensor.Own(values[i + 1].Pointer)));
                }

                NativeMethods.ib_values_free(&result, 1);
                return named;
            }
        }

        /// <summary>A module whose result is of a known type.</summary>
        public class ScriptModule<TResult> : ScriptModule
        {
            internal ScriptModule(ScriptHandle script)
                : base(script)
            {
            }

            public new TResult call(params object[] input) => forward(input);

            public new TResult forward(params object[] input) => (TResult)base.forward(input);
        }

        /// <summary>A module of one argument.</summary>
        public sealed class ScriptModule<T, TResult> : ScriptModule
        {
            internal ScriptModule(ScriptHandle script)
                : base(script)
            {
            }

            public TResult call(T input) => forward(input);

            public TResult forward(T input) => (TResult)base.forward([input!]);
        }

        /// <summary>A module of two arguments.</summary>
        public sealed class ScriptModule<T1, T2, TResult> : ScriptModule
        {
            internal ScriptModule(ScriptHandle script)
                : base(script)
            {
            }

            public TResult call(T1 input1, T2 input2) => forward(input1, input2);

            public TResult forward(T1 input1, T2 input2) => (TResult)base.forward([input1!, input2!]);
        }
    }
}
