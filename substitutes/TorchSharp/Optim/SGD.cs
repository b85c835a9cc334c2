using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules
{
    /// <summary>Gradient descent, with momentum if wanted.</summary>
    public class SGD : OptimizerHelper, IMomentum
    {
        private readonly Options _defaults;

        public SGD(
            IEnumerable<Parameter> parameters,
            double lr,
            double momentum = 0.0,
            double dampening = 0,
            double weight_decay = 0,
            bool nesterov = false,
            bool maximize = false)
            : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(
            IEnumerable<ParamGroup> parameters,
            double lr,
            double momentum = 0.0,
            double dampening = 0,
            double weight_decay = 0,
            bool nesterov = false,
            bool maximize = false)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            _defaults = Options.Of(lr, momentum, dampening, weight_decay, nesterov, maximize);
            _defaults.Check();
            foreach (var group in parameters)
            {
                add_param_group(group);
            }
        }

        public double Momentum
        {
            get => _defaults.momentum!.Value;
            set => _defaults.momentum = value;
        }

        private protected override void FillOptions(Modules.ParamGroup group)
        {
            group.Options ??= new Options();
            ((Options)group.Options).Fill(_defaults);
        }

        private protected override OptimizerState NewState(Parameter parameter, Modules.ParamGroup group) => new State();

        private protected override void Step(Modules.ParamGroup group)
        {
            var options = (Options)group.Options!;
            var rate = options.LearningRate!.Value;
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is not { } gradient)
                {
                    continue;
                }

                if (options.weight_decay is > 0)
                {
                    gradient = gradient.add(parameter, alpha: options.weight_decay.Value);
                }

                if (options.momentum is > 0)
                {
                    var mean = ((State)_state[parameter]).Add(gradient, options);
                    gradient = options.nesterov!.Value ? gradient.add(mean, alpha: options.momentum.Value) : mean;
                }

                parameter.add_(gradient, alpha: options.maximize!.Value ? rate : -rate);
            }
        }

        public class State : OptimizerState, IDisposable
        {
            public Tensor? momentum_buffer;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            public override void to(Device device) => momentum_buffer = Move(momentum_buffer, device);

            public override void SaveStateDict(BinaryWriter writer)
            {
                ArgumentNullException.ThrowIfNull(writer);
                Save(writer, momentum_buffer);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                ArgumentNullException.ThrowIfNull(reader);
                momentum_buffer = Load(reader, momentum_buffer);
            }

            public override void LoadStateDict(OptimizerState source)
            {
                if (!ReferenceEquals(this, source))
                {
                    momentum_buffer = Copy(momentum_buffer, ((State)source).momentum_buffer);
                }
            }

            public override bool ApproximatelyEquals(OptimizerState other) =>
                other is State state
                && (momentum_buffer is null || (state.momentum_buffer is { } buffer && momentum_buffer.allclose(buffer)));

            internal Tensor Add(Tensor gradient, Options options)
            {
                if (momentum_buffer is null)
                {
                    momentum_buffer = gradient.clone().DetachFromDisposeScope();
                }
                else
                {
                    momentum_buffer.mul_(options.momentum!.Value).add_(gradient, alpha: 1 - options.dampening!.Value);
                }

                return momentum_buffer;
            }

            protected virtual void Dispose(bool disposing)
            {
                if (disposing)
                {
                    momentum_buffer?.Dispose();
                }
            }
        }

        public class Options : SGDOptions
        {
            internal static Options Of(double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize) => new()
            {
                LearningRate = lr,
                InitialLearningRate = lr,
                momentum = momentum,
                dampening = dampening,
                weight_decay = weight_decay,
                nesterov = nesterov,
                maximize = maximize,
            };
        }

        public class ParamGroup : ParamGroup<Options>, IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters,
                double lr = 1e-3,
                double momentum = 0.0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false)
                : base(parameters, Options.Of(lr, momentum, dampening, weight_decay, nesterov, maximize))
            {
            }

            public double Momentum
            {
                get => Options.momentum!.Value;
                set => Options.momentum = value;
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(
                IEnumerable<Parameter> parameters,
                double learningRate,
                double momentum = 0.0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<(string name, Parameter parameter)> parameters,
                double learningRate,
                double momentum = 0.0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false) =>
                new(parameters.Select(entry => entry.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters,
                double learningRate,
                double momentum = 0.0,
                double dampening = 0,
                double weight_decay = 0,
                bool nesterov = false,
                bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
