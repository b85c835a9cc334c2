using InferenceBridge.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Builds a network that tells the defocus.</summary>
/// <param name="architecture">One of <see cref="DefocusArchitectures.Names"/>.</param>
internal sealed class DefocusNetworkFactory(string architecture) : INetworkFactory
{
    public string Architecture => architecture;

    public IPackageNetwork Create(NetworkRequest request)
    {
        var module = Build(request.Options);
        try
        {
            NetworkWeights.Load(module, request.Weights, architecture);
            module.eval();
            module.to(request.Device);
            return new DefocusPackageNetwork(module);
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
            return DefocusArchitectures.Create(architecture, options);
        }
        catch (InferenceException fault)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, $"config.inferencebridge.{fault.Field}", fault.Message, fault);
        }
    }
}

/// <summary>A network that tells the defocus, on a device.</summary>
internal sealed class DefocusPackageNetwork(nn.Module<Tensor, Tensor> network) : IPackageNetwork
{
    public int Width => 0;

    public IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        return [network.call(inputs[0]).contiguous().MoveToOuterDisposeScope()];
    }

    public void Dispose() => network.Dispose();
}
