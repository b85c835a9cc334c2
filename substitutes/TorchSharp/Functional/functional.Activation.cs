using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? Changed(x, Ops.relu_) : Ops.relu.Call(x);

            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? Changed(x, Ops.silu_) : Ops.silu.Call(x);

            public static Tensor mish(Tensor x, bool inplace = false) => inplace ? Changed(x, Ops.mish_) : Ops.mish.Call(x);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? Changed(input, Ops.leaky_relu_, negative_slope) : Ops.leaky_relu.Call(input, negative_slope);

            public static Tensor elu(Tensor x, double alpha = 1.0, bool inplace = false) =>
                inplace ? Changed(x, Ops.elu_, alpha) : Ops.elu.Call(x, alpha);

            public static Tensor gelu(Tensor x, bool inplace = false) => inplace ? Changed(x, Ops.gelu_) : Ops.gelu.Call(x);

            public static Tensor sigmoid(Tensor x, bool inplace = false) => inplace ? Changed(x, Ops.sigmoid_) : Ops.sigmoid.Call(x);

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? Changed(x, Ops.tanh_) : Ops.tanh.Call(x);

            public static Tensor softplus(Tensor x, double beta = 1.0, double threshold = 20.0) => Ops.softplus.Call(x, beta, threshold);

            public static Tensor threshold(Tensor x, double threshold, double value, bool inplace = false) =>
                inplace ? Changed(x, Ops.threshold_, threshold, value) : Ops.threshold.Call(x, threshold, value);

            /// <param name="weight">The slope below zero: one, or one a channel.</param>
            public static Tensor prelu(Tensor input, Tensor weight) => Ops.prelu.Call(input, weight);

            public static Tensor relu6(Tensor input, bool inplace = false) => hardtanh(input, 0, 6, inplace);

            public static Tensor hardtanh(Tensor input, double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                inplace ? Changed(input, Ops.hardtanh_, min_val, max_val) : Ops.hardtanh.Call(input, min_val, max_val);

            public static Tensor hardswish(Tensor input, bool inplace = false) =>
                inplace ? Changed(input, Ops.hardswish_) : Ops.hardswish.Call(input);

            public static Tensor hardsigmoid(Tensor input, bool inplace = false) =>
                inplace ? Changed(input, Ops.hardsigmoid_) : Ops.hardsigmoid.Call(input);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

            private static Tensor Changed(Tensor tensor, Operator op)
            {
                op.Run(tensor);
                return tensor.alias();
            }

            private static Tensor Changed(Tensor tensor, Operator op, Argument first, Argument second)
            {
                op.Run(tensor, first, second);
                return tensor.alias();
            }

            private static Tensor Changed(Tensor tensor, Operator op, Argument argument)
            {
                op.Run(tensor, argument);
                return tensor.alias();
            }
        }
    }
}
