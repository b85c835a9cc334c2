using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models.Packages;

/// <summary>The networks that the program builds itself, for packages whose weights are safetensors.</summary>
public static class NetworkFactories
{
    /// <summary>One factory for each architecture.</summary>
    public static IReadOnlyList<INetworkFactory> All { get; } =
        [
            .. NetworkArchitectures.Names.Select(name => new ModuleNetworkFactory(name)),
            .. FlowArchitectures.Names.Select(name => new FlowNetworkFactory(name)),
            .. DefocusArchitectures.Names.Select(name => new DefocusNetworkFactory(name)),
        ];
}
