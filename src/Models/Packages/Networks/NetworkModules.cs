using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Builds the program's own networks from what a package holds.</summary>
internal static class NetworkModules
{
    /// <summary>A network with a package's weights, on a device, for inference.</summary>
    /// <param name="create">Makes the network of some settings.</param>
    /// <param name="architecture">Its architecture, for messages.</param>
    /// <param name="options">Settings as the description has them.</param>
    /// <param name="weights">Tensors by name, which are copied.</param>
    /// <param name="device">Where it is to run.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileFormatInvalid"/>: an option or a tensor is unknown, missing or of another shape.</exception>
    public static TModule Create<TModule>(
        Func<string, IReadOnlyDictionary<string, string>, TModule> create, string architecture,
        IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, Tensor> weights, Device device)
        where TModule : nn.Module
    {
        var module = Build(create, architecture, options);
        try
        {
            NetworkWeights.Load(module, weights, architecture);
            module.eval();
            return module.to(device);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    // The settings stand in a file, where their names have a longer path.
    private static TModule Build<TModule>(
        Func<string, IReadOnlyDictionary<string, string>, TModule> create, string architecture, IReadOnlyDictionary<string, string> options)
    {
        try
        {
            return create(architecture, options);
        }
        catch (InferenceException fault)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, $"config.inferencebridge.{fault.Field}", fault.Message, fault);
        }
    }
}
