using InferenceBridge.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Builds the networks of <see cref="NetworkArchitectures"/>.</summary>
internal sealed class ModuleNetworkFactory(string architecture) : INetworkFactory
{
    public string Architecture => architecture;

    public IPackageNetwork Create(NetworkRequest request)
    {
        nn.Module<Tensor, Tensor> network;
        try
        {
            network = NetworkArchitectures.Create(architecture, request.Options);
        }
        catch (InferenceException fault)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, $"config.inferencebridge.{fault.Field}", fault.Message, fault);
        }

        try
        {
            Load(network, request.Weights);
            network.eval();
            return new ModuleNetwork(network.to(request.Device));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private void Load(nn.Module<Tensor, Tensor> network, IReadOnlyDictionary<string, Tensor> weights)
    {
        var own = network.state_dict();
        if (weights.Keys.FirstOrDefault(name => !own.ContainsKey(name)) is { } unknown)
        {
            throw Fault(unknown, $"has the tensor {unknown}, which {architecture} with these options has not");
        }

        using var grad = no_grad();
        foreach (var (name, tensor) in own)
        {
            if (!weights.TryGetValue(name, out var value) || !value.shape.SequenceEqual(tensor.shape))
            {
                throw Fault(name, $"has {(value is null ? "no tensor" : $"a tensor of {string.Join('×', value.shape)} elements")} {name}, where {architecture} with "
                    + $"these options takes {string.Join('×', tensor.shape)}");
            }

            tensor.copy_(value);
        }
    }

    private static InferenceException Fault(string tensor, string what) => new(InferenceError.FileFormatInvalid,
        $"config.inferencebridge.network.weights:{tensor}", $"The file of the weights {what}; accepted: the weights of this network.");

    private sealed class ModuleNetwork(nn.Module<Tensor, Tensor> network) : IPackageNetwork
    {
        public int Width { get; } = (int)network.parameters().Where(parameter => parameter.ndim == 4).Select(parameter => parameter.shape[0]).FirstOrDefault();

        public IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> inputs)
        {
            using var grad = no_grad();
            using var scope = NewDisposeScope();
            return [network.call(inputs[0]).MoveToOuterDisposeScope()];
        }

        public void Dispose() => network.Dispose();
    }
}
