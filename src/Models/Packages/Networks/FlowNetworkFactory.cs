using InferenceBridge.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Builds a network that finds motion: of a template and a frame, it gives the displacements between them.</summary>
/// <param name="architecture">One of <see cref="FlowArchitectures.Names"/>.</param>
internal sealed class FlowNetworkFactory(string architecture) : INetworkFactory
{
    public string Architecture => architecture;

    public IPackageNetwork Create(NetworkRequest request)
    {
        var network = NetworkModules.Create(FlowArchitectures.Create, architecture, request.Options, request.Weights, request.Device);
        if (request.Device.type == DeviceType.CPU)
        {
            network.UseChannelsLast();
        }

        return new FlowPackageNetwork(network);
    }
}

/// <summary>A network that finds motion, on a device.</summary>
internal sealed class FlowPackageNetwork(FlowNetwork network) : IPackageNetwork
{
    /// <summary>The network itself.</summary>
    public FlowNetwork Network => network;

    public int Width => 0;

    public IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> inputs)
    {
        using var scope = NewDisposeScope();
        return [network.call(cat([inputs[0], inputs[1]], 1)).contiguous().MoveToOuterDisposeScope()];
    }

    public void Dispose() => network.Dispose();
}
