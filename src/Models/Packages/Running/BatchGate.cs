using System.Diagnostics;
using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// Joins what several jobs want of one network at the same time: samples of one shape go through it at once. A block waits for those of
/// the other jobs that are within, and a moment for a job that has just left and may be back with its next tile; alone, a job waits for
/// nobody. A batch that fails is computed again one by one, so that each job has its own result or its own failure.
/// </summary>
/// <param name="forward">Runs the network; called by one thread at a time.</param>
/// <param name="inputBatch">Axis of the input along which its samples lie.</param>
/// <param name="outputBatch">Of the output.</param>
/// <param name="mostSamples">How many samples like those of a block may go at once.</param>
/// <param name="patience">
/// How long a job that has just left is waited for, from the time that the network took last; null for a quarter of it, which a batch
/// wins back.
/// </param>
internal sealed class BatchGate(
    Func<Tensor, Tensor> forward, int inputBatch, int outputBatch, Func<Tensor, long> mostSamples, Func<TimeSpan, TimeSpan>? patience = null)
{
    private static readonly TimeSpan MostPatience = TimeSpan.FromMilliseconds(50);

    private readonly object _lock = new();
    private readonly List<Block> _waiting = [];
    private readonly Dictionary<object, long> _away = [];
    private TimeSpan _lastForward;
    private int _within;
    private bool _isRunning;

    /// <summary>Lets a job in; others wait for its blocks until the result is disposed.</summary>
    /// <param name="job">The job, which calls <see cref="End"/> in the end.</param>
    /// <param name="batched">Told the number of blocks of each batch that the job's thread computes; null where nobody listens.</param>
    public Visit Enter(object job, Action<int>? batched = null)
    {
        lock (_lock)
        {
            _within++;
            _away.Remove(job);
        }

        return new Visit(this, job, batched);
    }

    /// <summary>The job will not be back.</summary>
    public void End(object job)
    {
        lock (_lock)
        {
            _away.Remove(job);
            Monitor.PulseAll(_lock);
        }
    }

    private Tensor Run(Block block, Action<int>? batched, CancellationToken cancellation)
    {
        using var registration = cancellation.Register(Wake);
        if (Await(block, cancellation) is { } batch)
        {
            var start = Stopwatch.GetTimestamp();
            Compute(batch, batched);
            lock (_lock)
            {
                (_isRunning, _lastForward) = (false, Stopwatch.GetElapsedTime(start));
                Array.ForEach(batch, done => done.IsDone = true);
                Monitor.PulseAll(_lock);
            }
        }

        block.Fault?.Throw();
        return block.Output!;
    }

    /// <summary>Waits until the block is done, or the turn of its batch has come.</summary>
    /// <returns>The batch, for the caller to compute; null where another thread has computed it.</returns>
    private Block[]? Await(Block block, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _waiting.Add(block);
            Monitor.PulseAll(_lock);
            while (!block.IsDone)
            {
                // One that is being computed with others is waited for: its pixels are in use.
                var waits = _waiting.Contains(block);
                if (waits && cancellation.IsCancellationRequested)
                {
                    _waiting.Remove(block);
                    Monitor.PulseAll(_lock);
                    cancellation.ThrowIfCancellationRequested();
                }

                if (waits && !_isRunning && Batch(block) is { } batch)
                {
                    _isRunning = true;
                    _waiting.RemoveAll(batch.Contains);
                    return batch;
                }

                Monitor.Wait(_lock, waits && !_isRunning ? Pause() : Timeout.InfiniteTimeSpan);
            }

            return null;
        }
    }

    /// <summary>The block and those that go with it; null while more may come.</summary>
    private Block[]? Batch(Block block)
    {
        var (batch, samples, most) = (new List<Block> { block }, block.Samples, mostSamples(block.Input));
        foreach (var other in _waiting.Where(other => other != block && other.Shape == block.Shape && samples + other.Samples <= most))
        {
            batch.Add(other);
            samples += other.Samples;
        }

        return samples + 1 > most || _waiting.Count >= _within + Expected().Count() ? [.. batch] : null;
    }

    /// <summary>Time that is left to each job that may be back.</summary>
    private IEnumerable<TimeSpan> Expected()
    {
        var most = patience?.Invoke(_lastForward) ?? TimeSpan.FromTicks(Math.Min(_lastForward.Ticks / 4, MostPatience.Ticks));
        return _away.Values.Select(since => most - Stopwatch.GetElapsedTime(since)).Where(left => left >= TimeSpan.FromMilliseconds(1));
    }

    // Until one of them is waited for no longer; where they are within, one of them has to wake the others.
    private TimeSpan Pause() => Expected().DefaultIfEmpty(Timeout.InfiniteTimeSpan).Min();

    private void Compute(Block[] batch, Action<int>? batched)
    {
        if (batch.Length > 1)
        {
            try
            {
                ComputeTogether(batch);
                batched?.Invoke(batch.Length);
                return;
            }
            catch (Exception)
            {
                // Whose fault it was shows when each is computed alone.
            }
        }

        foreach (var block in batch)
        {
            try
            {
                using var scope = NewDisposeScope();
                block.Output = forward(block.Input).DetachFromDisposeScope();
                batched?.Invoke(1);
            }
            catch (Exception e)
            {
                block.Fault = ExceptionDispatchInfo.Capture(e);
            }
        }
    }

    private void ComputeTogether(Block[] batch)
    {
        using var scope = NewDisposeScope();
        var output = forward(cat([.. batch.Select(block => block.Input)], inputBatch));
        var start = 0L;
        var parts = new List<Tensor>();
        foreach (var block in batch)
        {
            parts.Add(output.narrow(outputBatch, start, block.Samples));
            start += block.Samples;
        }

        foreach (var (block, part) in batch.Zip(parts))
        {
            block.Output = part.DetachFromDisposeScope();
        }
    }

    private void Wake()
    {
        lock (_lock)
        {
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>A job within.</summary>
    internal sealed class Visit(BatchGate gate, object job, Action<int>? batched) : IDisposable
    {
        private bool _isOver;

        /// <summary>Runs the network.</summary>
        /// <param name="input">Samples, as the network takes them; owned by the caller.</param>
        /// <param name="cancellation">Gives up a block that waits.</param>
        /// <returns>What it gave for them; the caller takes ownership.</returns>
        /// <exception cref="OperationCanceledException">Cancelled.</exception>
        public Tensor Run(Tensor input, CancellationToken cancellation) => gate.Run(new Block(input, gate), batched, cancellation);

        public void Dispose()
        {
            lock (gate._lock)
            {
                if (!_isOver)
                {
                    _isOver = true;
                    gate._within--;
                    gate._away[job] = Stopwatch.GetTimestamp();
                    Monitor.PulseAll(gate._lock);
                }
            }
        }
    }

    private sealed class Block(Tensor input, BatchGate gate)
    {
        public Tensor Input => input;

        public long Samples { get; } = input.shape[gate.InputBatch];

        /// <summary>Sizes besides the number of samples.</summary>
        public string Shape { get; } = string.Join('×', input.shape.Where((_, i) => i != gate.InputBatch));

        public Tensor? Output { get; set; }

        public ExceptionDispatchInfo? Fault { get; set; }

        public bool IsDone { get; set; }
    }

    private int InputBatch => inputBatch;
}
