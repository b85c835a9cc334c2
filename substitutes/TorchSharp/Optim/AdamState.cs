using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Means of gradients and of their squares, as Adam and AdamW keep them.</summary>
public abstract class AdamState : OptimizerState, IDisposable
{
    public long step;
    public Tensor exp_avg = null!;
    public Tensor exp_avg_sq = null!;
    public Tensor? max_exp_avg_sq;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    public override void to(Device device)
    {
        exp_avg = Move(exp_avg, device)!;
        exp_avg_sq = Move(exp_avg_sq, device)!;
        max_exp_avg_sq = Move(max_exp_avg_sq, device);
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(step);
        exp_avg.Save(writer);
        exp_avg_sq.Save(writer);
        Save(writer, max_exp_avg_sq);
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        step = reader.ReadInt64();
        exp_avg.Load(reader);
        exp_avg_sq.Load(reader);
        max_exp_avg_sq = Load(reader, max_exp_avg_sq);
    }

    public override void LoadStateDict(OptimizerState source)
    {
        var other = (AdamState)source;
        step = other.step;
        if (ReferenceEquals(this, other))
        {
            return;
        }

        exp_avg = Copy(exp_avg, other.exp_avg)!;
        exp_avg_sq = Copy(exp_avg_sq, other.exp_avg_sq)!;
        max_exp_avg_sq = Copy(max_exp_avg_sq, other.max_exp_avg_sq);
    }

    public override bool ApproximatelyEquals(OptimizerState other) =>
        other is AdamState state && step == state.step && exp_avg.allclose(state.exp_avg) && exp_avg_sq.allclose(state.exp_avg_sq)
        && (max_exp_avg_sq is null || (state.max_exp_avg_sq is { } max && max_exp_avg_sq.allclose(max)));

    internal void Start(Parameter parameter, bool amsgrad)
    {
        using var values = parameter.detach();
        exp_avg = zeros_like(values).DetachFromDisposeScope();
        exp_avg_sq = zeros_like(values).DetachFromDisposeScope();
        max_exp_avg_sq = amsgrad ? zeros_like(values).DetachFromDisposeScope() : null;
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            exp_avg.Dispose();
            exp_avg_sq.Dispose();
            max_exp_avg_sq?.Dispose();
        }
    }
}
