using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>Copies of a network's weights by name, which belong to no scope.</summary>
internal static class WeightCopies
{
    public static Dictionary<string, Tensor> Of(IReadOnlyDictionary<string, Tensor> state)
    {
        using var grad = no_grad();
        return state.ToDictionary(entry => entry.Key, entry => entry.Value.detach().clone().DetachFromDisposeScope());
    }

    /// <summary>Overwrites weights with others of the same names.</summary>
    public static void Copy(IReadOnlyDictionary<string, Tensor> from, IReadOnlyDictionary<string, Tensor> to)
    {
        using var grad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, tensor) in to)
        {
            tensor.copy_(from[name]);
        }
    }

    public static void Dispose(IReadOnlyDictionary<string, Tensor> state)
    {
        foreach (var tensor in state.Values)
        {
            tensor.Dispose();
        }
    }
}
