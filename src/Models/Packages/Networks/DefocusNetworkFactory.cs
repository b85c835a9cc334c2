using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Builds a network that tells the defocus.</summary>
/// <param name="architecture">One of <see cref="DefocusArchitectures.Names"/>.</param>
internal sealed class DefocusNetworkFactory(string architecture) : INetworkFactory
{
    public string Architecture => architecture;

    public IPackageNetwork Create(NetworkRequest request) =>
        new DefocusPackageNetwork(NetworkModules.Create(DefocusArchitectures.Create, architecture, request.Options, request.Weights, request.Device));
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
