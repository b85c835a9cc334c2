namespace TorchSharp.Modules;

/// <summary>Options of gradient descent; null where the optimizer's defaults hold.</summary>
public abstract class SGDOptions : OptimizerOptions
{
    public double? momentum;
    public double? dampening;
    public double? weight_decay;
    public bool? nesterov;
    public bool? maximize;

    public override void LoadStateDict(OptimizerOptions source)
    {
        base.LoadStateDict(source);
        var other = (SGDOptions)source;
        (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
        (nesterov, maximize) = (other.nesterov, other.maximize);
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        base.LoadStateDict(reader);
        momentum = reader.ReadDouble();
        dampening = reader.ReadDouble();
        weight_decay = reader.ReadDouble();
        nesterov = reader.ReadBoolean();
        maximize = reader.ReadBoolean();
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        base.SaveStateDict(writer);
        writer.Write(momentum!.Value);
        writer.Write(dampening!.Value);
        writer.Write(weight_decay!.Value);
        writer.Write(nesterov!.Value);
        writer.Write(maximize!.Value);
    }

    internal void Fill(SGDOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        momentum ??= defaults.momentum;
        dampening ??= defaults.dampening;
        weight_decay ??= defaults.weight_decay;
        nesterov ??= defaults.nesterov;
        maximize ??= defaults.maximize;
    }

    internal void Check()
    {
        if (!(LearningRate >= 0 && momentum >= 0 && weight_decay >= 0))
        {
            throw new ArgumentException(
                $"Learning rate ({LearningRate}), momentum ({momentum}) and weight decay ({weight_decay}) must not be negative.");
        }

        if (nesterov!.Value && (momentum == 0 || dampening != 0))
        {
            throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
        }
    }
}
