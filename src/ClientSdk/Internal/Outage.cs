using System.Globalization;

namespace InferenceBridge.Client.Internal;

/// <summary>
/// What a call lives through from the loss of its server until an attempt gets through again: when it began, and with
/// what, since the failures that follow say less.
/// </summary>
/// <param name="time">Clock.</param>
internal sealed class Outage(TimeProvider time)
{
    private TransientFailure? _first;
    private long _start;
    private int _attempts;

    /// <summary>Time since it began; 0 before the first failure.</summary>
    public TimeSpan Elapsed => _first is null ? TimeSpan.Zero : time.GetElapsedTime(_start);

    /// <summary>How often the server was lost after it had answered.</summary>
    public int Losses { get; private set; }

    /// <summary>Takes note of a failure. One of an attempt that the server had answered begins a new outage.</summary>
    public void Add(TransientFailure failure)
    {
        if (_first is null || failure.Reached != AttemptStage.Connecting)
        {
            (_first, _start, _attempts) = (failure, time.GetTimestamp(), 0);
            Losses += failure.Reached == AttemptStage.Connecting ? 0 : 1;
        }
        else
        {
            _attempts++;
        }
    }

    /// <summary>The error to end with: what became of the server first, where the last failure only says that it is not there.</summary>
    public InferenceException Conclude(TransientFailure last)
    {
        var isTold = _first is null || ReferenceEquals(_first, last) || last.Error.Error != InferenceError.ServerUnreachable
            || (_first.Reached == AttemptStage.Connecting && _first.Error.Error == InferenceError.ServerUnreachable);
        return isTold ? last.Error : new InferenceException(last.Error.Error, last.Error.Field, string.Create(CultureInfo.InvariantCulture,
            $"{_first!.Message} It did not come back within {Elapsed.TotalSeconds:0.#} s ({_attempts} more attempts)."), last.Error);
    }
}
