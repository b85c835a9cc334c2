using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimizer remembers of one parameter.</summary>
public abstract class OptimizerState
{
    public abstract void SaveStateDict(BinaryWriter writer);

    public abstract void LoadStateDict(BinaryReader reader);

    /// <summary>Copies another state, which keeps its own tensors.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    public virtual bool ApproximatelyEquals(OptimizerState other) => false;

    public virtual void to(Device device)
    {
    }

    /// <summary>A copy that belongs to no scope, in place of an old tensor, which is disposed.</summary>
    private protected static Tensor? Copy(Tensor? old, Tensor? source)
    {
        if (source is null)
        {
            old?.Dispose();
            return null;
        }

        using var grad = no_grad();
        using var values = source.detach();
        var copy = values.clone().DetachFromDisposeScope();
        old?.Dispose();
        return copy;
    }

    private protected static Tensor? Move(Tensor? tensor, Device device)
    {
        if (tensor is null || tensor.device == device)
        {
            return tensor;
        }

        var moved = tensor.to(device).DetachFromDisposeScope();
        tensor.Dispose();
        return moved;
    }

    private protected static void Save(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    private protected static Tensor? Load(BinaryReader reader, Tensor? old)
    {
        var loaded = reader.ReadBoolean() ? TensorExtensionMethods.Load(reader).DetachFromDisposeScope() : null;
        old?.Dispose();
        return loaded;
    }
}
