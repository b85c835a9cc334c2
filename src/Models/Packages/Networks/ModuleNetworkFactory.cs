using InferenceBridge.Models.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Builds one of the program's own networks with the weights of a package.</summary>
/// <param name="architecture">One of <see cref="NetworkArchitectures.Names"/>.</param>
internal sealed class ModuleNetworkFactory(string architecture) : INetworkFactory
{
    public string Architecture => architecture;

    public IPackageNetwork Create(NetworkRequest request) => new ModuleNetwork(CreateModule(request.Options, request.Weights).to(request.Device));

    /// <summary>The network itself, on the CPU, for inference.</summary>
    /// <exception cref="InferenceException">As <see cref="Create"/>.</exception>
    public nn.Module<Tensor, Tensor> CreateModule(IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, Tensor> weights) =>
        NetworkModules.Create(NetworkArchitectures.Create, architecture, options, weights, CPU);

    /// <summary>
    /// A module whose weights and inputs have, on a CPU, their channels last in memory, which libtorch then keeps for what passes between
    /// its layers. Measured on two cores, 512×512 px: 0.70 of the time for RAUDen-lite, 0.82 of it for RAUDen. Not measured on a GPU.
    /// </summary>
    private sealed class ModuleNetwork : IPackageNetwork
    {
        private readonly nn.Module<Tensor, Tensor> _module;
        private readonly bool _channelsLast;

        public ModuleNetwork(nn.Module<Tensor, Tensor> module)
        {
            using var scope = NewDisposeScope();
            _module = module;
            var kernel = module.parameters().First(parameter => parameter.shape.Length >= 4);
            (Width, _channelsLast) = ((int)kernel.shape[0], kernel.device.type == DeviceType.CPU);
            foreach (var layer in module.modules().OfType<Conv2d>().Where(_ => _channelsLast))
            {
                ChannelsLast.Use(layer);
            }
        }

        public int Width { get; }

        public int BytesPerPixel => (_module as RaudenNetwork)?.BytesPerPixel ?? 0;

        public IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> inputs)
        {
            using var scope = NewDisposeScope();
            return [_module.call(_channelsLast ? ChannelsLast.Of(inputs[0]) : inputs[0]).contiguous().MoveToOuterDisposeScope()];
        }

        public void Dispose() => _module.Dispose();
    }
}
