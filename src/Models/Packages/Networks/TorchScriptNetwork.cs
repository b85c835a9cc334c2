using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>A TorchScript module.</summary>
internal sealed class TorchScriptNetwork : IPackageNetwork
{
    private readonly jit.ScriptModule _module;

    private TorchScriptNetwork(jit.ScriptModule module)
    {
        _module = module;
        _module.eval();

        // The first kernel of an image's rank tells how wide the network is where images are largest.
        var kernel = module.named_parameters().Select(entry => entry.parameter).FirstOrDefault(parameter => parameter.shape.Length >= 4);
        Width = kernel is null ? 0 : (int)Math.Min(kernel.shape[0], 4096);
    }

    public int Width { get; }

    /// <param name="path">The file, whose checksum has been compared.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="field">Where the file is named, for errors.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileFormatInvalid"/>: libtorch cannot load it.</exception>
    public static TorchScriptNetwork Load(string path, Device device, string field)
    {
        try
        {
            return new TorchScriptNetwork(jit.load(path, device.type, device.type == DeviceType.CUDA ? device.index : -1));
        }
        catch (ExternalException e)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, field,
                $"{path} cannot be loaded by libtorch {__version__}: {FirstLine(e.Message)} Accepted: a TorchScript module that this version knows.", e);
        }
    }

    public IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor> inputs) => _module.forward([.. inputs]) switch
    {
        Tensor one => [one],
        Tensor[] many => many,
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i]).OfType<Tensor>()],
        object[] many => [.. many.OfType<Tensor>()],
        _ => [],
    };

    public void Dispose() => _module.Dispose();

    public static string FirstLine(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "";
}
