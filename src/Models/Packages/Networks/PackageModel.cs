using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// The network of a package, loaded when it is first needed and once for each device. A job keeps the one it began with,
/// whatever becomes of the folder; memory goes back when the last job and the catalogue have let go of it.
/// </summary>
internal sealed class PackageModel(PackageDescription description, PackageFolder folder, IReadOnlyList<INetworkFactory> factories)
{
    private static readonly string[] DeviceFaults = ["CUDA", "CUDNN", "CUBLAS", "alloc", "out of memory"];

    private readonly ConcurrentDictionary<string, Lazy<IPackageNetwork>> _networks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BatchGate> _gates = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private NetworkTraits? _traits;

    public PackageDescription Description => description;

    public PackageFolder Folder => folder;

    /// <summary>How far it looks and what memory it takes.</summary>
    /// <exception cref="InferenceException">It cannot be loaded, or not run.</exception>
    public NetworkTraits Traits
    {
        get
        {
            lock (_lock)
            {
                return _traits ??= NetworkTraits.Of(description, Network(CPU));
            }
        }
    }

    /// <summary>The network on a device.</summary>
    /// <exception cref="InferenceException">It cannot be loaded: file and field.</exception>
    public IPackageNetwork Network(Device device)
    {
        var lazy = _networks.GetOrAdd(device.ToString(), _ => new Lazy<IPackageNetwork>(() => Load(device)));
        try
        {
            return lazy.Value;
        }
        catch
        {
            // The next job tries again: a card may have been full.
            _networks.TryRemove(new KeyValuePair<string, Lazy<IPackageNetwork>>(device.ToString(), lazy));
            throw;
        }
    }

    /// <summary>Where jobs on a device meet, for a network with <see cref="NetworkTraits.CanBatch"/>.</summary>
    public BatchGate Gate(Device device) => _gates.GetOrAdd(device.ToString(), _ =>
    {
        var batch = TensorLayout.BatchDimension(description.Inputs[0]);
        var most = (device.type == DeviceType.CPU ? BlockSizes.TogetherBytes : BlockSizes.MostBytes) / Traits.BytesPerVoxel;
        return new BatchGate(input => Forward(device, [input])[0], batch, TensorLayout.BatchDimension(description.Outputs[0]),
            input => most / Math.Max(1, input.numel() / input.shape[batch] / (description.Inputs[0].Channels ?? 1)));
    });

    /// <summary>Runs the network, and words what it says when it fails.</summary>
    public IReadOnlyList<Tensor> Forward(Device device, IReadOnlyList<Tensor> inputs)
    {
        var network = Network(device);
        try
        {
            var outputs = network.Forward(inputs);
            return outputs.Count >= description.Outputs.Count
                ? outputs
                : throw Fault($"gives {outputs.Count} tensors, where {description.File} states {description.Outputs.Count} outputs.", null);
        }
        catch (ExternalException e) when (!IsDeviceFault(e))
        {
            throw Fault($"fails for inputs of {string.Join(", ", inputs.Select(Shape))}: {LastLine(e.Message)}", e);
        }
    }

    private static string Shape(Tensor tensor) => string.Join('×', tensor.shape);

    // What the server answers itself, by smaller tiles or another device.
    private static bool IsDeviceFault(ExternalException e) =>
        DeviceFaults.Any(sign => e.Message.Contains(sign, StringComparison.OrdinalIgnoreCase));

    private static string LastLine(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault(line => line.Contains("Error", StringComparison.Ordinal))
        ?? TorchScriptNetwork.FirstLine(message);

    private InferenceException Fault(string what, Exception? cause) => new(InferenceError.ShapeMismatch, $"{description.File}:weights",
        $"The network of {folder.FullPath} {what}", cause);

    private IPackageNetwork Load(Device device)
    {
        var (file, network) = description.Weights;
        var path = folder.Verified(file, description.File);
        if (network is null)
        {
            return TorchScriptNetwork.Load(path, device, $"{description.File}:{file.Field}");
        }

        var factory = factories.FirstOrDefault(factory => factory.Architecture == network.Architecture) ?? throw new InferenceException(
            InferenceError.FileFormatInvalid, $"{description.File}:config.inferencebridge.network.architecture",
            $"{description.File}: config.inferencebridge.network.architecture is \"{network.Architecture}\"; accepted: "
            + $"{(factories.Count == 0 ? "none, since this program builds no networks" : string.Join(", ", factories.Select(known => known.Architecture)))}.");
        var weights = Read(path, $"{description.File}:{file.Field}");
        try
        {
            return factory.Create(new NetworkRequest(network.Options, weights, device));
        }
        catch (InferenceException fault)
        {
            throw new InferenceException(fault.Error, $"{description.File}:{fault.Field}", $"{path}: {fault.Message}", fault);
        }
        finally
        {
            foreach (var tensor in weights.Values)
            {
                tensor.Dispose();
            }
        }
    }

    private static IReadOnlyDictionary<string, Tensor> Read(string path, string field)
    {
        try
        {
            return SafetensorsFile.Read(path);
        }
        catch (InferenceException fault)
        {
            throw new InferenceException(fault.Error, field, fault.Message, fault);
        }
    }
}
