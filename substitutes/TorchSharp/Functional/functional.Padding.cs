using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Operators of neural networks, without state.</summary>
        public static partial class functional
        {
            /// <param name="pad">Before and after, from the last axis backwards; negative numbers crop.</param>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Constant => Ops.constant_pad_nd.Call(input, pad, value),
                PaddingModes.Zeros => Ops.constant_pad_nd.Call(input, pad, 0.0),
                PaddingModes.Reflect => Reflect(pad.Length).Call(input, pad),
                PaddingModes.Replicate => Replicate(pad.Length).Call(input, pad),
                PaddingModes.Circular => Ops._pad_circular.Call(input, pad),
                _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Expected Constant, Zeros, Reflect, Replicate or Circular."),
            };

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>Pads every axis on both sides.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var all = new long[input.ndim * 2];
                Array.Fill(all, pad);
                return functional.pad(input, all, mode, value);
            }

            private static Operator Reflect(int numbers) => numbers switch
            {
                2 => Ops.reflection_pad1d,
                4 => Ops.reflection_pad2d,
                6 => Ops.reflection_pad3d,
                _ => throw new ArgumentException($"Reflecting takes 2, 4 or 6 numbers, not {numbers}."),
            };

            private static Operator Replicate(int numbers) => numbers switch
            {
                2 => Ops.replication_pad1d,
                4 => Ops.replication_pad2d,
                6 => Ops.replication_pad3d,
                _ => throw new ArgumentException($"Replicating takes 2, 4 or 6 numbers, not {numbers}."),
            };
        }
    }
}
