using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// Trains a network of any task: AdamW, a schedule, a moving average of the weights, validation, early stop, checkpoints. With a number
/// of steps, the same seed gives the same network on the same device, whether or not training was interrupted in between.
/// </summary>
internal sealed class Trainer : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly IBatchSource _batches;
    private readonly IObjective _objective;
    private readonly IValidator _validator;
    private readonly TrainingOptions _options;
    private readonly Device _device;
    private readonly TrainingClock _clock;
    private readonly TorchSharp.Modules.Parameter[] _parameters;
    private readonly TorchSharp.Modules.AdamW _optimizer;
    private readonly WeightAverage _average;
    private readonly Dictionary<string, Tensor> _weights;
    private readonly Dictionary<string, Tensor> _best;
    private readonly IReadOnlyDictionary<string, Tensor> _helper;
    private CheckpointState _state = new();

    /// <param name="network">On the device already; belongs to the caller.</param>
    /// <param name="batches">What to learn from.</param>
    /// <param name="objective">What to make smaller.</param>
    /// <param name="validator">Tells which network is the best.</param>
    /// <param name="options">How.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    public Trainer(
        nn.Module<Tensor, Tensor> network, IBatchSource batches, IObjective objective, IValidator validator, TrainingOptions options,
        Device device, TimeProvider? time = null)
    {
        (_network, _batches, _objective, _validator, _options, _device) = (network, batches, objective, validator, options, device);
        _clock = new TrainingClock(time ?? TimeProvider.System);
        _parameters = [.. network.parameters(), .. objective.Helper?.parameters() ?? []];
        _optimizer = optim.AdamW(_parameters, options.Schedule.Peak, beta2: options.SquareDecay, weight_decay: options.WeightDecay);
        _average = new WeightAverage(network, options.AverageDecay);
        _weights = network.state_dict();
        _best = WeightCopies.Of(_weights);
        _helper = objective.Helper?.state_dict() ?? [];
        _state = _state with { Settings = options.Settings };
    }

    /// <summary>Takes over a checkpoint of a training with the same settings.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.UsageInvalid"/>: a setting differs; <see cref="InferenceError.FileUnreadable"/>;
    /// <see cref="InferenceError.FileFormatInvalid"/>.
    /// </exception>
    public void Resume(string path)
    {
        using var checkpoint = CheckpointFile.Read(path);
        CheckpointMatch.Check(path, checkpoint, _options.Settings, _weights, _helper);
        WeightCopies.Copy(checkpoint.Network, _weights);
        WeightCopies.Copy(checkpoint.Average, _average.Values);
        WeightCopies.Copy(checkpoint.Best, _best);
        WeightCopies.Copy(checkpoint.Helper, _helper);
        using var reader = new BinaryReader(new MemoryStream(checkpoint.Optimizer));
        _optimizer.load_state_dict(reader);
        _optimizer.to(_device);
        _state = checkpoint.State;
        _clock.StartFrom(_state.Seconds);
    }

    /// <summary>Trains to the end, or until nothing gets better. The network then has its best weights.</summary>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancellation">Stops between steps; the checkpoint is then of the last step.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ValueNotFinite"/>: the loss is not finite; <see cref="InferenceError.FileUnwritable"/>: a checkpoint.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TrainingOutcome Run(Action<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (_device.type == TorchSharp.DeviceType.CPU)
        {
            CpuThreads.TakeAll();
        }

        try
        {
            if (_state.BestScore is null)
            {
                Validate(cancellation);
            }

            while (Position < 1 && !GaveUp)
            {
                cancellation.ThrowIfCancellationRequested();
                var before = Position;
                Step(before);
                _state = _state with { Seconds = _clock.Seconds };
                if (Position >= 1 || (int)(before * _options.Validations) < (int)(Position * _options.Validations))
                {
                    Validate(cancellation);
                    Save();
                }
                else if (_clock.SinceMark > _options.CheckpointInterval)
                {
                    Save();
                }

                progress?.Invoke(Report());
            }
        }
        catch (OperationCanceledException)
        {
            Save();
            throw;
        }

        WeightCopies.Copy(_best, _weights);
        _network.eval();
        return new TrainingOutcome(_state.Step, _clock.Seconds, GaveUp && Position < 1, _state.BestStep, _state.BestScore!, _state.History);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _average.Dispose();
        WeightCopies.Dispose(_best);
    }

    private double Position => _options.Steps is { } steps
        ? (double)_state.Step / steps
        : _state.Seconds / _options.Duration!.Value.TotalSeconds;

    private bool GaveUp => _options.Patience > 0 && _state.Waited >= _options.Patience;

    private void Step(double position)
    {
        using var scope = NewDisposeScope();
        var rate = _options.Schedule.RateAt(position);
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = rate;
        }

        // For layers that draw numbers themselves: resuming then needs no state of theirs.
        manual_seed((long)((_options.Seed * 0x9E3779B97F4A7C15) + (ulong)_state.Step));
        _network.train();
        _optimizer.zero_grad();
        var loss = _objective.Evaluate(_network, _batches.Draw(_state.Step).To(_device));
        loss.backward();
        if (_options.LargestGradient is { } norm)
        {
            nn.utils.clip_grad_norm_(_parameters, norm);
        }

        _optimizer.step();
        _average.Update(_state.Step + 1);
        var value = (double)loss.item<float>();
        if (!double.IsFinite(value))
        {
            throw new InferenceException(InferenceError.ValueNotFinite, "loss",
                $"The loss is {value} at step {_state.Step}, learning rate {rate:g3}; accepted: finite values, which a smaller learning rate may give."
                + (_options.CheckpointPath is { } path && File.Exists(path) ? $" The last checkpoint is still at {path}." : ""));
        }

        _state = _state with
        {
            Step = _state.Step + 1, LossSum = _state.LossSum + value, LossCount = _state.LossCount + 1, LearningRate = rate,
        };
    }

    private void Validate(CancellationToken cancellation)
    {
        var score = ScoreAverage(cancellation);
        var better = _state.BestScore is null || score.Quality > _state.BestScore.Quality;
        if (better)
        {
            WeightCopies.Copy(_average.Values, _best);
        }

        _state = _state with
        {
            Seconds = _clock.Seconds,
            BestScore = better ? score : _state.BestScore,
            BestStep = better ? _state.Step : _state.BestStep,
            Waited = better ? 0 : _state.Waited + 1,
            History =
            [
                .. _state.History,
                new HistoryEntry(_state.Step, Math.Min(1, Position), _clock.Seconds, _state.LearningRate,
                    _state.LossSum / _state.LossCount, score.Quality, score.Figures),
            ],
            LossSum = 0,
            LossCount = 0,
        };
    }

    private ValidationScore ScoreAverage(CancellationToken cancellation)
    {
        var kept = WeightCopies.Of(_weights);
        try
        {
            WeightCopies.Copy(_average.Values, _weights);
            _network.eval();
            using var grad = no_grad();
            using var scope = NewDisposeScope();
            return _validator.Score(_network, _device, cancellation);
        }
        finally
        {
            WeightCopies.Copy(kept, _weights);
            WeightCopies.Dispose(kept);
        }
    }

    private void Save()
    {
        _clock.Mark();
        if (_options.CheckpointPath is not { } path)
        {
            return;
        }

        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            _optimizer.save_state_dict(writer);
        }

        // Not disposed: the tensors are the trainer's own.
        CheckpointFile.Write(path, new Checkpoint
        {
            State = _state with { Seconds = _clock.Seconds }, Network = _weights, Average = _average.Values, Best = _best, Helper = _helper,
            Optimizer = bytes.ToArray(),
        });
    }

    private TrainingProgress Report()
    {
        var position = Math.Min(1, Position);
        var last = _state.History.Count > 0 ? _state.History[^1] : null;
        return new TrainingProgress(
            _state.Step, position, _state.LossCount > 0 ? _state.LossSum / _state.LossCount : last?.Loss ?? double.NaN,
            _clock.StepsPerSecond(_state.Step),
            _clock.Remaining(position),
            last is null ? null : new ValidationScore(last.Quality, last.Figures));
    }
}
