using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace TorchSharp.Modules;

/// <summary>Groups, states and their saving, for all optimizers.</summary>
public abstract class OptimizerHelper : Optimizer
{
    private protected readonly Dictionary<Parameter, OptimizerState> _state = new(ReferenceEqualityComparer.Instance);
    private protected readonly List<ParamGroup> _groups = [];

    public override IEnumerable<ILearningRateController> ParamGroups => _groups;

    public override IEnumerable<Parameter> parameters() => _groups.SelectMany(group => group.Parameters);

    public override void zero_grad(bool set_to_none = true)
    {
        foreach (var parameter in parameters())
        {
            if (set_to_none)
            {
                parameter.grad = null;
            }
            else
            {
                using var gradient = parameter.grad;
                gradient?.zero_();
            }
        }
    }

    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using var recording = enable_grad();
            loss = closure();
        }

        using var grad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in _groups)
        {
            Step(group);
        }

        return loss;
    }

    public virtual StateDictionary state_dict()
    {
        var result = new StateDictionary();
        foreach (var group in _groups)
        {
            result.Options.Add(group.Options!);
            result.State.AddRange(group.Parameters.Select(parameter => _state[parameter]));
        }

        return result;
    }

    /// <summary>Takes over options and states, by their places; training goes on as with the optimizer they came from.</summary>
    /// <exception cref="ArgumentException">The numbers of groups or parameters differ.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        var own = this.state_dict();
        CheckCounts(own, state_dict.Options.Count, state_dict.State.Count);
        foreach (var (options, source) in own.Options.Zip(state_dict.Options))
        {
            options.LoadStateDict(source);
        }

        foreach (var (state, source) in own.State.Zip(state_dict.State))
        {
            state.LoadStateDict(source);
        }
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var state = state_dict();
        writer.Write(GetType().Name);
        writer.Encode(state.Options.Count);
        writer.Encode(state.State.Count);
        state.Options.ForEach(options => options.SaveStateDict(writer));
        state.State.ForEach(entry => entry.SaveStateDict(writer));
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    /// <exception cref="InvalidDataException">The state is another optimizer's.</exception>
    /// <exception cref="ArgumentException">The numbers of groups or parameters differ.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var name = reader.ReadString();
        if (name != GetType().Name)
        {
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{name}' in the loaded stream.");
        }

        var own = state_dict();
        CheckCounts(own, reader.Decode(), reader.Decode());
        own.Options.ForEach(options => options.LoadStateDict(reader));
        own.State.ForEach(state => state.LoadStateDict(reader));
    }

    public void to(Device device)
    {
        foreach (var state in _state.Values)
        {
            state.to(device);
        }
    }

    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        // Enumerated once: a module's parameters() is a new walk each time.
        param_group.Parameters = [.. param_group.Parameters];
        FillOptions(param_group);
        param_group.InitialLearningRate = param_group.LearningRate;
        _groups.Add(param_group);
        foreach (var parameter in param_group.Parameters)
        {
            if (!_state.TryAdd(parameter, NewState(parameter, param_group)))
            {
                throw new ArgumentException("A parameter is in more than one group.", nameof(param_group));
            }
        }
    }

    /// <summary>Gives a group the optimizer's options where it has none of its own.</summary>
    private protected abstract void FillOptions(ParamGroup group);

    private protected abstract OptimizerState NewState(Parameter parameter, ParamGroup group);

    /// <summary>Changes the parameters of one group; without gradients, in a scope of its own.</summary>
    private protected abstract void Step(ParamGroup group);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in _state.Values.OfType<IDisposable>())
            {
                state.Dispose();
            }
        }
    }

    private static void CheckCounts(StateDictionary own, long groups, long states)
    {
        if (groups != own.Options.Count)
        {
            throw new ArgumentException($"Invalid optimizer state -- {groups} parameter groups, not {own.Options.Count}.");
        }

        if (states != own.State.Count)
        {
            throw new ArgumentException($"Invalid optimizer state -- states of {states} parameters, not {own.State.Count}.");
        }
    }
}
