using InferenceBridge.Models.Networks;
using TorchSharp;
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
    public nn.Module<Tensor, Tensor> CreateModule(IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, Tensor> weights)
    {
        var module = Build(options);
        try
        {
            Load(module, weights);
            module.eval();
            return module;
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    private nn.Module<Tensor, Tensor> Build(IReadOnlyDictionary<string, string> options)
    {
        try
        {
            return NetworkArchitectures.Create(architecture, options);
        }
        catch (InferenceException fault)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, $"config.inferencebridge.{fault.Field}", fault.Message, fault);
        }
    }

    private void Load(nn.Module<Tensor, Tensor> module, IReadOnlyDictionary<string, Tensor> weights)
    {
        using var withoutGradients = no_grad();
        var own = module.state_dict();
        var unknown = weights.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => !own.ContainsKey(name));
        if (unknown is not null)
        {
            throw Fault($"have a tensor \"{unknown}\"; accepted: those of the network alone");
        }

        foreach (var (name, tensor) in own)
        {
            if (!weights.TryGetValue(name, out var given))
            {
                throw Fault($"lack the tensor \"{name}\"; accepted: all of the network's");
            }

            if (!given.shape.SequenceEqual(tensor.shape))
            {
                throw Fault($"have {string.Join('×', given.shape)} for \"{name}\"; accepted: {string.Join('×', tensor.shape)}");
            }

            tensor.copy_(given);
        }
    }

    private InferenceException Fault(string what) => new(InferenceError.FileFormatInvalid, "config.inferencebridge.network.weights",
        $"config.inferencebridge.network.weights {what}, for the architecture {architecture} with these options.");

    private sealed class ModuleNetwork(nn.Module<Tensor, Tensor> module) : IPackageNetwork
    {
        public int Width { get; } = (int)module.parameters().First(parameter => parameter.shape.Length >= 4).shape[0];

        public IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> inputs) => [module.call(inputs[0])];

        public void Dispose() => module.Dispose();
    }
}
